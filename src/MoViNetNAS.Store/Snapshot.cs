using MoViNetNAS.Spaces;

namespace MoViNetNAS.Store;

/// <summary>A copy of a store in a temporary folder, for readers: it takes no lock and touches nothing of the original.</summary>
/// <remarks>A writer appends to the log and changes the file itself only in a checkpoint, every 1000 pages or so. The log is
/// copied first, then the file; when the file was not touched and the log did not shrink meanwhile, no checkpoint ran and
/// the pair is a state that was once committed: a tail of the log without its end mark is ignored by LiteDB.</remarks>
internal sealed class Snapshot : IDisposable
{
    private const int Attempts = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _folder;

    private Snapshot(DirectoryInfo folder) => _folder = folder;

    public string Path => System.IO.Path.Combine(_folder.FullName, "snapshot.db");

    /// <summary>Copies the store and opens the copy with <paramref name="open"/>, which owns the snapshot from then on; both are
    /// tried again while a writer is in the way.</summary>
    public static T Take<T>(string path, Func<string, Snapshot, T> open)
    {
        Snapshot? snapshot = null;
        try
        {
            snapshot = new Snapshot(Directory.CreateTempSubdirectory("movinet-store-"));
            for (int attempt = 1; attempt < Attempts; attempt++)
            {
                try
                {
                    if (snapshot.TryCopy(path)) return open(snapshot.Path, snapshot);
                }
                catch (Exception e) when (e is MachineException or FileNotFoundException && HasWriter(path))
                {
                    // Torn after all, or the log was removed when the writer closed: once more.
                }

                Thread.Sleep(Pause);
            }

            throw new MachineException($"the store {path} is written to without a pause; try again in a moment.");
        }
        catch (Exception e)
        {
            snapshot?.Dispose();
            if (e is IOException or UnauthorizedAccessException) throw new MachineException($"cannot copy the store {path} to read it: {e.Message}", e);
            throw;
        }
    }

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A temporary folder: the system clears it.
        }
    }

    private bool TryCopy(string path)
    {
        string log = StoreFile.LogPath(path);
        var before = State.Of(path, log);
        if (before.IsFresh) return false; // a checkpoint may be under way
        File.Delete(StoreFile.LogPath(Path));
        if (before.LogBytes > 0) Copy(log, StoreFile.LogPath(Path), before.LogBytes);
        Copy(path, Path, before.Bytes);
        var after = State.Of(path, log);
        return after.Changed == before.Changed && after.Bytes == before.Bytes && after.LogBytes >= before.LogBytes;
    }

    // A log that is not empty, or a file just changed: either way somebody writes, or was killed while writing.
    private static bool HasWriter(string path) => State.Of(path, StoreFile.LogPath(path)) is { LogBytes: > 0 } or { IsFresh: true };

    private static void Copy(string from, string to, long bytes)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var target = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None);
        var buffer = new byte[1 << 20];
        while (bytes > 0)
        {
            int read = source.Read(buffer, 0, (int)Math.Min(bytes, buffer.Length));
            if (read == 0) return; // shrank: the comparison of states sees it
            target.Write(buffer, 0, read);
            bytes -= read;
        }
    }

    private readonly record struct State(long Bytes, DateTime Changed, long LogBytes, bool IsFresh)
    {
        // Longer than the grain of file times (4 ms on Linux, 16 ms on Windows), so that two writes cannot share one.
        private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(40);

        public static State Of(string path, string logPath)
        {
            var file = new FileInfo(path);
            var log = new FileInfo(logPath);
            var age = TimeProvider.System.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc;
            long logBytes = log.Exists ? log.Length / StoreFile.PageBytes * StoreFile.PageBytes : 0;
            return new State(file.Length, file.LastWriteTimeUtc, logBytes, age >= TimeSpan.Zero && age < Grain);
        }
    }
}
