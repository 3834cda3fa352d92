using System.ComponentModel;
using System.Diagnostics;

namespace MoViNetNAS.Tests;

/// <summary>A folder of small real and broken videos, made by ffmpeg once for all tests of the collection.</summary>
public sealed class TestVideos : IDisposable
{
    private readonly List<string> _folders = [];
    private readonly Lazy<string?> _whyNot;

    public TestVideos() => _whyNot = new Lazy<string?>(Make);

    public string Folder { get; } = Directory.CreateTempSubdirectory("movinet-videos-").FullName;

    /// <summary>The folder, with its videos; skips the test where ffmpeg is missing.</summary>
    public string Require()
    {
        if (_whyNot.Value is { } reason) Assert.Skip(reason);
        return Folder;
    }

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>A new folder beside the videos.</summary>
    public string NewFolder()
    {
        _folders.Add(Directory.CreateTempSubdirectory("movinet-test-").FullName);
        return _folders[^1];
    }

    /// <summary>A folder whose manifest has the header and <paramref name="rows"/>, with copies of the videos named there.</summary>
    public string WithManifest(params string[] rows)
    {
        string folder = NewFolder();
        File.WriteAllLines(System.IO.Path.Combine(folder, "manifest.csv"), ["path,label,split,subject", .. rows]);
        foreach (string name in rows.Select(row => row.Split(',')[0].Trim('"')))
            if (File.Exists(Path(name))) File.Copy(Path(name), System.IO.Path.Combine(folder, name), overwrite: true);
        return folder;
    }

    /// <summary>Writes the frames of a video as pictures; <paramref name="pattern"/> as ffmpeg has it, such as "%05d.jpg".</summary>
    public void MakeFrames(string name, string folder, string pattern, int start)
    {
        Directory.CreateDirectory(folder);
        using Process process = Process.Start(new ProcessStartInfo(
            "ffmpeg", ["-nostdin", "-v", "error", "-i", Path(name), "-start_number", $"{start}", System.IO.Path.Combine(folder, pattern)]))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    public void Dispose()
    {
        // One test removes its folder itself.
        foreach (string folder in _folders.Append(Folder).Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
    }

    private string? Make()
    {
        try
        {
            // 20 frames of 64 x 48; frame t of "levels" is grey level 10 t; "wide" has its left half red, its right half blue.
            Run("-f lavfi -i testsrc=size=64x48:rate=10:duration=2 -c:v mjpeg -q:v 2", "test.avi");
            Run("-f lavfi -i smptebars=size=64x48:rate=10:duration=2 -c:v mpeg4 -q:v 2", "bars.mp4");
            Run("-f lavfi -i color=black:size=32x32:rate=10:duration=2,format=gray,geq=lum=N*10 -c:v ffv1", "levels.avi");
            Run("-f lavfi -i color=red:size=48x48:rate=10:duration=1 -f lavfi -i color=blue:size=48x48:rate=10:duration=1 -filter_complex hstack,format=rgb24 -c:v ffv1", "wide.avi");
            Run("-f lavfi -i testsrc=size=48x64:rate=10:duration=0.3 -c:v mjpeg", "short.avi");
            Run("-f lavfi -i sine=duration=1", "sound.wav");
            Run("-f lavfi -i sine=duration=1 -c:a aac", "sound.mp4");
            Run("-f lavfi -i color=red:size=32x32:rate=10:duration=1 -frames:v 0 -c:v mjpeg", "none.avi");
            byte[] whole = File.ReadAllBytes(Path("test.avi"));
            File.WriteAllBytes(Path("truncated.avi"), whole[..(whole.Length / 2)]);
            byte[] mp4 = File.ReadAllBytes(Path("bars.mp4"));
            File.WriteAllBytes(Path("truncated.mp4"), mp4[..(mp4.Length / 2)]);
            File.WriteAllBytes(Path("zero.avi"), []);
            File.WriteAllText(Path("junk.mp4"), string.Concat(Enumerable.Repeat("this is no video\n", 200)));
            File.Copy(Path("junk.mp4"), Path("junk.avi"));
            return null;
        }
        catch (Win32Exception)
        {
            return "ffmpeg is not installed";
        }
    }

    private void Run(string arguments, string name)
    {
        using Process process = Process.Start(new ProcessStartInfo("ffmpeg", $"-nostdin -v error -y {arguments} \"{Path(name)}\""))!;
        process.WaitForExit();
    }
}
