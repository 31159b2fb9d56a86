"""The first privacy notice: a text that holds for every installation, to be made one's own in the studio."""

from datetime import UTC, datetime

from django.db import migrations

CHINESE = {
    "purpose": (
        "单位用本平台把与您工作有关的事告诉您，并提供各项服务。\n\n看不看都由您：谁没有看，不会列成名单给领导。"
    ),
    "fields": (
        "来自花名册：姓名、工号、单位、岗位、用工状态、参加工作日期、时区；单位提供时还有手机号和邮箱。\n\n"
        "来自您的使用：打开和确认过哪些消息，在哪些设备上登录，您自己写的投诉与建议，以及您选的字号、外观和语言。\n\n"
        "手机号和邮箱只有在您单独同意后才会用；不同意，不影响其他任何功能。只有紧急情况例外，见“谁能看到”。\n\n"
        "从不收集身份证号、生日、位置、通讯录和人脸。"
    ),
    "readers": (
        "编辑只看到按单位汇总的数字，少于五人的单位不单独显示。\n\n"
        "单位的管理员能看到您的岗位和账号状态；每看一次都有记录，您在“我的”里看得到。\n\n"
        "遇到紧急情况，值班台能看到您的姓名、您的回答和花名册上的手机号（没有手机号时是邮箱），好及时联系您、帮助您；"
        "您本单位的管理员还能看到谁没有回答，到结束后 14 天为止。每看一次都有记录。\n\n"
        "如果一条请您确认的消息写明了安全或法律上的理由，您本单位的管理员能看到谁还没有确认（看不到谁没有看），"
        "到截止日后 14 天为止。这样的消息会事先写明；每看一次都有记录。\n\n"
        "管理员做过什么都记录在案，谁也删不掉。资料存放在本单位自己的服务器上。"
    ),
    "retention": (
        "登录记录等安全记录至少保存 180 天。上传的花名册文件 7 天内删除。\n\n"
        "您离职后不能再登录，手机号和邮箱在规定的天数后删除。每类资料保存多久，写在“我的 › 隐私与我的资料”里。"
    ),
    "rights": (
        "您可以随时查看、更正、导出自己的资料，撤回同意，要求删除，或关闭账号，都在“我的 › 隐私与我的资料”里。\n\n"
        "不同意本说明，也可以先查看、导出资料或关闭账号，再决定。"
    ),
    "contact": "向本单位的平台管理员提出，或使用“投诉与建议”。我们会在 15 天内答复。",
}
ENGLISH = {
    "purpose": (
        "Your company uses this platform to tell you things that concern you at work and to offer you services.\n\n"
        "Reading is voluntary; no list of who has not read is shown to your superiors."
    ),
    "fields": (
        "From the roster: name, staff number, unit, post, kind of employment, first day of work, time zone and, if your"
        " company gives them, mobile number and e-mail.\n\n"
        "From your use: which messages you opened and confirmed, on which devices you are signed in, complaints and"
        " suggestions that you wrote, and the type size, appearance and language you chose.\n\n"
        "Mobile number and e-mail are used only after you agree, each by itself; nothing else depends on it. The one"
        " exception is an emergency: see who sees it.\n\n"
        "Identity-card numbers, birthdays, places, contacts and faces are never collected."
    ),
    "readers": (
        "Editors see numbers by unit; units of fewer than five people are not shown alone.\n\n"
        "Administrators of your company see your post and whether you have an account. Each look is recorded, and you"
        " find it under Me.\n\n"
        "In an emergency the duty desk sees your name, your answer and your mobile number on the roster (your e-mail if"
        " there is none), to reach and help you; the administrator of your own unit can also see who has not answered,"
        " until 14 days after the end. Each look is recorded.\n\n"
        "Where a message that asks you to confirm states a safety or legal reason, the administrator of your own unit"
        " can see who has not confirmed (never who has not read), until 14 days after its date. Such a message says so"
        " beforehand, and each look is recorded.\n\n"
        "What administrators do is recorded, and nobody can delete it. The data lie on your company's own"
        " servers."
    ),
    "retention": (
        "Records of security, such as sign-ins, are kept for at least 180 days. Uploaded roster files are deleted"
        " within 7 days.\n\n"
        "When you leave, you can no longer sign in, and mobile number and e-mail are erased after a set number of days."
        " How long each kind of data stays is said under Me › Privacy and my data."
    ),
    "rights": (
        "You may at any time see, correct and take along your data, withdraw a consent, ask for erasure or close your"
        " account: all under Me › Privacy and my data.\n\n"
        "If you do not agree to this notice, you may still look at your data, take them along or close your account."
    ),
    "contact": (
        "Ask the administrators of the platform in your company, or write under Complaints and suggestions. You get an"
        " answer within 15 days."
    ),
}


def publish(apps, schema_editor):
    """Write version 1, which every account made so far has read in its older wording."""
    at = datetime(2026, 11, 1, tzinfo=UTC)
    apps.get_model("people", "PrivacyNotice").objects.get_or_create(
        number=1, defaults={"chinese": CHINESE, "english": ENGLISH, "written_at": at, "published_at": at}
    )


def withdraw(apps, schema_editor):
    """Leave the row to the table, which goes with its own migration."""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_personal_data_rights")]
    operations = [migrations.RunPython(publish, withdraw)]
