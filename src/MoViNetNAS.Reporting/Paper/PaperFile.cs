using System.Text;

namespace MoViNetNAS.Reporting;

/// <summary>A file of a paper.</summary>
/// <param name="Path">Where it lies in the paper's folder, with forward slashes.</param>
/// <param name="Content">Its bytes.</param>
public sealed record PaperFile(string Path, ReadOnlyMemory<byte> Content)
{
    internal static PaperFile OfText(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));
}
