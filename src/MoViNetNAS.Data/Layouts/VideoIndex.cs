using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>The videos on disk under a folder: video files, and folders that hold pictures.</summary>
internal sealed class VideoIndex
{
    // Deep enough for videos/train/class/clip/frame; a bound, because links may go round.
    private const int MaximumDepth = 6;

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".avi", ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".mpg", ".mpeg", ".wmv", ".flv", ".ogv", ".3gp", ".ts", ".gif",
    };

    private readonly ILookup<string, string> _byName;

    private VideoIndex(IReadOnlyList<string> paths)
    {
        Paths = paths;
        _byName = paths.ToLookup(path => LastSegment(WithoutExtension(path)), StringComparer.Ordinal);
    }

    /// <summary>Relative paths with forward slashes, in ordinal order.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Lists what lies under <paramref name="root"/>; hidden files are passed over.</summary>
    /// <exception cref="MachineException">A folder cannot be read.</exception>
    public static VideoIndex Of(string root)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = MaximumDepth, IgnoreInaccessible = false };
        HashSet<string> found = new(StringComparer.Ordinal);
        try
        {
            foreach (string file in Directory.EnumerateFiles(root, "*", options))
            {
                string path = Path.GetRelativePath(root, file).Replace('\\', '/');
                if (Extensions.Contains(Path.GetExtension(path))) found.Add(path);
                else if (FrameFolder.IsPicture(path) && path.Contains('/')) found.Add(path[..path.LastIndexOf('/')]);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"cannot list {root}: {e.Message}", e);
        }

        return new VideoIndex([.. found.Order(StringComparer.Ordinal)]);
    }

    /// <summary>The path that ends in <paramref name="tail"/> ("id" or "class/id", no extension), the first in ordinal order; or null.
    /// Folders of frames are passed over when it must be a file.</summary>
    public string? Find(string tail, bool isFile = false)
    {
        foreach (string path in _byName[LastSegment(tail)])
        {
            string name = WithoutExtension(path);
            if (isFile && name.Length == path.Length) continue;
            if (name.EndsWith(tail, StringComparison.Ordinal) && (name.Length == tail.Length || name[^(tail.Length + 1)] == '/')) return path;
        }

        return null;
    }

    /// <summary><paramref name="path"/> less the ending of a video; a frame folder's name may have a dot in it.</summary>
    public static string WithoutExtension(string path) =>
        Path.GetExtension(path) is { Length: > 0 } extension && Extensions.Contains(extension) ? path[..^extension.Length] : path;

    private static string LastSegment(string path) => path[(path.LastIndexOf('/') + 1)..];
}
