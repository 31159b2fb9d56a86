"""The log's own jobs."""

from procrastinate.contrib.django import app

from fenjin.audit.selectors.ledgers import DOORS
from fenjin.audit.services.doors import clear_doors
from fenjin.audit.services.exports import remove_old_exports, take_up_lost_exports, write_file
from fenjin.audit.services.heads import keep_head
from fenjin.audit.services.sealing import REST, seal_all

DOORS_EVERY = 600  # seconds: a year of links stays small


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="audit.seal", pass_context=False)
def seal_audit(timestamp: int) -> None:
    """Add the next links to the hash chain of the log every minute, and to that of the doors every ten."""
    seal_all(rest=REST)
    if timestamp % DOORS_EVERY == 0:
        seal_all(DOORS, rest=REST)


@app.periodic(cron="5 4 * * *")
@app.task(queueing_lock="audit.head")
def keep_audit_head(timestamp: int) -> None:
    """Keep the newest link outside the database, every day."""
    keep_head()


@app.periodic(cron="25 4 * * *")
@app.task(queueing_lock="audit.clear")
def clear_audit(timestamp: int) -> None:
    """Delete what of the record of the doors is old enough, and exports that nobody fetched."""
    clear_doors()
    remove_old_exports()


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="audit.lost_exports")
def take_up_lost_files(timestamp: int) -> None:
    """Write the exports whose job was lost with its worker."""
    take_up_lost_exports()


@app.task()
def write_export(export_id: int) -> None:
    """Write a large export."""
    write_file(export_id)
