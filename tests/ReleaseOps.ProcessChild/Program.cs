// Runs one command as a step does: ReleaseOps.ProcessChild <run> <program> [argument ...]
// Its detail goes to standard output, the most memory that it took (in bytes) to standard error.
using System.Diagnostics;
using ReleaseOps;
using ReleaseOps.Probes;

var context = new LookContext(args[0], "step", TimeSpan.FromMinutes(5), SecretMask.None, TimeProvider.System);
var seen = await CommandProbe.LookAsync(new CommandLook(args[1], args[2..]) { Folder = Environment.CurrentDirectory }, context, CancellationToken.None);
Console.WriteLine(seen.Detail);
Console.Error.WriteLine(Process.GetCurrentProcess().PeakWorkingSet64);
return seen.CouldNotTell is null ? 0 : 3;
