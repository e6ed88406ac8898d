using System.Runtime.InteropServices;
using System.Text;

namespace ReleaseOps.Probes;

/// <summary>A list of texts as the C library takes it: pointers to UTF-8 that ends with NUL, and a null pointer at the end.</summary>
internal sealed class NativeTexts : IDisposable
{
    private readonly nint _block;

    public NativeTexts(IReadOnlyList<string> texts)
    {
        var size = 1;
        foreach (var text in texts)
            size = checked(size + Encoding.UTF8.GetByteCount(text) + 1);
        _block = Marshal.AllocHGlobal(size);
        Pointers = new nint[texts.Count + 1];
        var bytes = new byte[size];
        var at = 0;
        for (var i = 0; i < texts.Count; i++)
        {
            Pointers[i] = _block + at;
            at += Encoding.UTF8.GetBytes(texts[i], bytes.AsSpan(at)) + 1;
        }
        Marshal.Copy(bytes, 0, _block, size);
        // A copy of the environment, secrets included, has no reason to stay.
        bytes.AsSpan().Clear();
    }

    public nint[] Pointers { get; }

    public void Dispose() => Marshal.FreeHGlobal(_block);
}
