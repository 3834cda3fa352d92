using System.Runtime.InteropServices;

namespace MoViNetNAS.Models.Tests.Onnx;

/// <summary>The environment as native libraries see it.</summary>
internal static partial class CLibrary
{
    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint Variable(string name);
}
