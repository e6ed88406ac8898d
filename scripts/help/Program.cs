using ReleaseOps.Help;

// dotnet run --project scripts/help: writes en-US/ReleaseOps.PowerShell.dll-Help.xml of the checkout that it was built in.
var root = args is [var given] ? given : Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
var target = Path.Combine(root, "en-US", "ReleaseOps.PowerShell.dll-Help.xml");
File.WriteAllText(target, MamlWriter.Write(CmdletReader.Read(Path.Combine(root, "module", "bin"))));
Console.WriteLine(target);
