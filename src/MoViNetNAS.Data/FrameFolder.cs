using System.Globalization;
using System.Text.RegularExpressions;

namespace MoViNetNAS.Data;

/// <summary>A folder of numbered pictures (JPEG or PNG) that are the frames of one video.</summary>
/// <remarks>ffmpeg decodes them, by the same filters as a video, so that a video and its frames give the same clips.</remarks>
/// <param name="Pattern">Full path with the number as ffmpeg writes it (<c>img_%05d.jpg</c>).</param>
/// <param name="First">The first number.</param>
/// <param name="Count">Pictures, numbered without a gap.</param>
internal sealed partial record FrameFolder(string Pattern, int First, int Count)
{
    private const int NumberDigits = 9;

    /// <summary>Whether <paramref name="path"/> ends as a picture does.</summary>
    public static bool IsPicture(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png" && !Path.GetFileName(path).StartsWith('.');

    /// <summary>The pictures of <paramref name="folder"/>, or why they are no video.</summary>
    public static (FrameFolder? Frames, string? Reason) Open(string folder)
    {
        string[] names;
        try
        {
            names = [.. Directory.EnumerateFiles(folder).Where(IsPicture).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"the folder cannot be opened: {e.Message}");
        }

        if (names.Length == 0) return (null, "it is a folder without pictures");
        List<(int Number, string Digits, string Before, string After)> frames = [];
        foreach (string name in names)
        {
            Match match = Numbered().Match(name);
            if (!match.Success || match.Groups["number"].Length > NumberDigits + match.Groups["number"].Value.TakeWhile(c => c == '0').Count())
                return (null, $"its frame '{name}' has no number");
            string digits = match.Groups["number"].Value;
            frames.Add((int.Parse(digits, CultureInfo.InvariantCulture), digits, match.Groups["before"].Value, match.Groups["after"].Value));
        }

        frames.Sort();
        var first = frames[0];
        int width = first.Digits.Length > 1 && first.Digits[0] == '0' ? first.Digits.Length : 1;
        for (int i = 0; i < frames.Count; i++)
        {
            // A gap would make the motion jump without anyone noticing.
            string expected = first.Before + (first.Number + i).ToString($"D{width}", CultureInfo.InvariantCulture) + first.After;
            string found = frames[i].Before + frames[i].Digits + frames[i].After;
            if (found != expected) return (null, $"its frames are not numbered one after another: '{expected}' should be where '{found}' is");
        }

        string number = width > 1 ? $"%0{width}d" : "%d";
        return (new FrameFolder(Path.Combine(Escape(folder), Escape(first.Before) + number + Escape(first.After)), first.Number, frames.Count), null);
    }

    /// <summary>Pictures of <paramref name="folder"/> in ordinal order.</summary>
    public static IEnumerable<FileInfo> Files(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles().Where(file => IsPicture(file.Name)).OrderBy(file => file.Name, StringComparer.Ordinal);

    private static string Escape(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<before>.*?)(?<number>\d+)(?<after>\.[^.]+)$")]
    private static partial Regex Numbered();
}
