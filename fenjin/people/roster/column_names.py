"""The names that rosters give to their columns; the most usual first, for where a file has two of them."""

NUMBER = """
员工编号 工号 人员编号 职工编号 员工号 人员工号 员工工号 职工号 职工工号 人员编码 员工编码 职工编码
员工代码 人员代码 人事编号 编制号
staffnumber staffno staffid employeenumber employeeno employeeid personnelnumber workernumber jobnumber
"""
NAME = """
姓名 员工姓名 人员姓名 职工姓名 中文姓名 名字 name fullname employeename staffname
"""
PATH = """
部门全路径 组织全路径 所属部门路径 部门路径 组织路径 单位路径 单位全路径 机构路径 机构全路径
组织机构路径 组织机构全路径 所属组织路径 所属组织全路径 所属部门全路径 所属单位全路径 所属单位路径
所在部门全路径 所在部门路径 部门全称 单位全称 组织全称 机构全称 部门层级 全路径
unitpath departmentpath orgpath organizationpath organisationpath fullpath path
"""
TITLE = """
岗位 岗位名称 职务 职位 职务名称 职位名称 现任岗位 现任职务 所在岗位 工作岗位
title position jobtitle post job
"""
MOBILE = """
手机号码 手机 手机号 移动电话 联系手机 手机电话 联系电话 联系方式 电话
mobile mobilenumber mobilephone cellphone cell phone phonenumber telephone
"""
EMAIL = """
邮箱 电子邮箱 电子邮件 邮箱地址 邮件 企业邮箱 工作邮箱 email mail emailaddress
"""
STARTED_ON = """
参加工作时间 参加工作日期 参加工作年月 工作时间 参工时间 开始工作时间
startdate careerstart startedon workingsince
"""
STATUS = """
人员状态 状态 在岗状态 用工状态 员工状态 在职状态 岗位状态 人员类别 status employmentstatus
"""
ZONE = """
所在时区 时区 timezone zone
"""
SECOND_UNITS = """
兼职单位 兼任单位 兼职部门 兼职组织 兼岗单位 secondunit secondunits secondposts
"""
SINGLE_LEVELS = """
集团 集团公司 集团名称 公司 公司名称 所属公司 所在公司 单位 单位名称 所属单位 所在单位 工作单位
分公司 子公司 厂 部门 部门名称 所属部门 所在部门 组织 组织机构 所属组织 处室 科室 科室名称
车间 车间名称 工段 站队 班组 班组名称 小组 中心
company department division section team workshop unit organization organisation
"""
IDENTITY = """
身份证 身份证号 身份证号码 居民身份证 居民身份证号 居民身份证号码 公民身份号码 公民身份证号码
身份证件号 身份证件号码 证件号 证件号码 护照号 护照号码
idcard idcardnumber idcardno idnumber idno identitynumber identityno identitycard identitycardnumber
citizenid nationalid passportnumber passportno
"""
NUMERALS = "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五"
LEVEL_KINDS = "单位 部门 组织 机构 公司 单位名称 部门名称 组织名称 机构名称"
