using System.Security.Cryptography;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Finds videos that are listed twice or are copies. Only files of equal length are read.</summary>
internal static class DuplicateSearch
{
    private const int BlockBytes = 1 << 20;

    public static IReadOnlyList<DuplicateVideos> Find(IReadOnlyList<ListedVideo> videos, CancellationToken cancellation)
    {
        // The clips of one long video differ by their span.
        var byPath = videos.GroupBy(video => (video.FullPath, video.Span)).ToList();
        var listedTwice = byPath.Where(group => group.Count() > 1).Select(group => Of([.. group], isOnePath: true));
        var sameLength = byPath.Select(group => group.First())
            .GroupBy(video => (VideoStamp.Of(video.FullPath).Bytes, video.Span))
            .Where(group => group.Count() > 1);
        var copies = sameLength
            .SelectMany(group => group.GroupBy(video => HashOf(video.FullPath, cancellation)))
            .Where(group => group.Count() > 1)
            .Select(group => Of([.. group], isOnePath: false));
        return [.. listedTwice, .. copies];
    }

    private static DuplicateVideos Of(ListedVideo[] videos, bool isOnePath) => new(
        [.. videos.Select(video => video.Id)],
        isOnePath,
        videos.DistinctBy(video => video.Split).Count() > 1,
        videos.Any(video => !video.Labels.SequenceEqual(videos[0].Labels)));

    private static string HashOf(string path, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[BlockBytes];
        try
        {
            foreach (string file in Directory.Exists(path) ? FrameFolder.Files(path).Select(frame => frame.FullName) : [path])
            {
                using FileStream stream = File.OpenRead(file);
                for (int read; (read = stream.Read(block)) > 0;)
                {
                    cancellation.ThrowIfCancellationRequested();
                    hash.AppendData(block.AsSpan(0, read));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"cannot read {path}: {e.Message}", e);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
