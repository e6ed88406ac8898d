using ReleaseOps.Cli;
using ReleaseOps.Cli.Commands;

// Asked for in scripts and by installers: answered before the command tree is built.
if (args is ["--version"])
{
    Console.Out.WriteLine(ProductVersion.Text);
    return ExitCode.Go;
}
return await Root.RunAsync(args).ConfigureAwait(false);
