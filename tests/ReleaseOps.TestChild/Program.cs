using ReleaseOps.TestChild;

return args switch
{
    ["ledger-append", var folder, var threads, var count] => LedgerVerbs.Append(folder, Number(threads), Number(count)),
    ["ledger-hold", var folder, var actor] => LedgerVerbs.Hold(folder, actor),
    ["ledger-culture", var folder, var culture] => LedgerVerbs.UnderCulture(folder, culture),
    ["outbox-send", var folder, var runbook, var count, var speed] =>
        await OutboxVerbs.SendAsync(folder, runbook, Number(count), Number(speed)),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("verbs: ledger-append FOLDER THREADS COUNT | ledger-hold FOLDER ACTOR | ledger-culture FOLDER CULTURE"
        + " | outbox-send FOLDER RUNBOOK COUNT SPEED");
    return 2;
}
