using System.Security.Cryptography;
using System.Text;

namespace MoViNetNAS.Data;

/// <summary>What tells one state of a video from another without reading it.</summary>
/// <param name="FullName">Its path.</param>
/// <param name="Bytes">Its length, of a frame folder that of all frames together.</param>
/// <param name="Changed">Its time of change; of a frame folder a hash of names, lengths and times.</param>
internal sealed record VideoStamp(string FullName, long Bytes, string Changed)
{
    public static VideoStamp Of(string path)
    {
        if (!Directory.Exists(path))
        {
            var file = new FileInfo(path);
            return new VideoStamp(file.FullName, file.Length, $"{file.LastWriteTimeUtc.Ticks}");
        }

        FileInfo[] frames = [.. FrameFolder.Files(path)];
        string text = string.Join('\0', frames.Select(frame => $"{frame.Name}\0{frame.Length}\0{frame.LastWriteTimeUtc.Ticks}"));
        return new VideoStamp(
            Path.GetFullPath(path), frames.Sum(frame => frame.Length), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}
