using ReleaseOps.Help;

// dotnet run --project scripts/help: writes what module and documents say about the code into the checkout that it was built in.
var root = args is [var given] ? given : Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
var bin = Path.Combine(root, "module", "bin");
File.WriteAllText(Path.Combine(root, "en-US", "ReleaseOps.PowerShell.dll-Help.xml"), MamlWriter.Write(CmdletReader.Read(bin)));
File.WriteAllText(Path.Combine(root, "module", "ReleaseOps.types.ps1xml"), TypesWriter.Write(ListProperties.Read(bin)));
File.WriteAllText(Path.Combine(root, "docs", "contract-ids.md"), ContractIdsWriter.Write(bin));
