using MoViNetNAS.Spaces;

namespace MoViNetNAS.Store;

/// <summary>Makes this process the only one that has a store open for writing.</summary>
/// <remarks>LiteDB does not refuse a second process on Linux, and both lose data. The lock is held by an open file handle, so
/// the system drops it when the process dies, however it dies; the file itself stays, because deleting a lock file races
/// with the next owner. Who holds it stands in a second file: nobody else can read the locked one.</remarks>
internal sealed class OwnerLock : IDisposable
{
    private readonly FileStream _handle;
    private readonly string _ownerPath;

    private OwnerLock(FileStream handle, string ownerPath) => (_handle, _ownerPath) = (handle, ownerPath);

    /// <exception cref="MachineException">Another process, or this one, holds it, or the folder cannot be written.</exception>
    public static OwnerLock Take(string storePath)
    {
        if (Directory.Exists(storePath)) throw new MachineException($"cannot open the store {storePath}: it is a folder.");
        string path = storePath + ".lock", ownerPath = storePath + ".owner";
        try
        {
            if (Path.GetDirectoryName(storePath) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"cannot make the folder of the store {storePath}: {e.Message}", e);
        }

        FileStream handle;
        try
        {
            handle = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new MachineException($"cannot write {path}, which guards the store {storePath}: {e.Message}", e);
        }
        catch (IOException e) when (!IsHeld(e))
        {
            throw new MachineException($"cannot write {path}, which guards the store {storePath}: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new MachineException(
                $"the store {storePath} is in use by {Owner(ownerPath)}; end that run, wait for it, or choose another file with --db.", e);
        }

        try
        {
            File.WriteAllText(ownerPath, $"process {Environment.ProcessId} on {Environment.MachineName}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The name is a courtesy; the lock is what counts.
        }

        return new OwnerLock(handle, ownerPath);
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_ownerPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next owner writes over it.
        }

        _handle.Dispose();
    }

    // ERROR_SHARING_VIOLATION on Windows; elsewhere EWOULDBLOCK, 11 on Linux and 35 on macOS.
    private static bool IsHeld(IOException e) => e.HResult == unchecked((int)0x80070020) || e.HResult is 11 or 35;

    private static string Owner(string ownerPath)
    {
        try
        {
            string owner = File.ReadAllText(ownerPath).Trim();
            return owner.Length == 0 ? "another process" : owner;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
