namespace MoViNetNAS.Spaces;

/// <summary>Writes a file whole or not at all: to a temporary neighbour, flushed to the disk, then renamed over the target.</summary>
public static class AtomicFile
{
    /// <summary>Writes what <paramref name="write"/> puts into the stream to <paramref name="path"/>, making its folder when missing.</summary>
    /// <exception cref="MachineException">The folder or the file cannot be written, or the disk is full; the old file is left as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = path + ".tmp";
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // A file that outgrows a limit of the system arrives as the last of these.
            TryDelete(temporary);
            throw new MachineException($"cannot write {path}: {e.Message}", e);
        }
        catch
        {
            TryDelete(temporary); // the writer itself failed or was interrupted: leave nothing half-written
            throw;
        }
    }

    /// <summary>Writes <paramref name="text"/> as UTF-8.</summary>
    /// <exception cref="MachineException">As <see cref="Write"/>.</exception>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first fault is the one to report.
        }
    }
}
