// The least that a .NET program can be: what the start of releaseops is measured against.
Console.Out.WriteLine("0.1.0");
