using ReleaseOps.TestChild;

return args switch
{
    ["ledger-append", var folder, var threads, var count] => LedgerVerbs.Append(folder, Number(threads), Number(count)),
    ["ledger-hold", var folder, var actor] => LedgerVerbs.Hold(folder, actor),
    ["ledger-culture", var folder, var culture] => LedgerVerbs.UnderCulture(folder, culture),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("verbs: ledger-append FOLDER THREADS COUNT | ledger-hold FOLDER ACTOR | ledger-culture FOLDER CULTURE");
    return 2;
}
