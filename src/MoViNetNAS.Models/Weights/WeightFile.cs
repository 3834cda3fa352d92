using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>Opens weight files: whose fault it is when that fails.</summary>
internal static class WeightFile
{
    /// <exception cref="InputException">There is no such file.</exception>
    /// <exception cref="MachineException">It cannot be opened or read.</exception>
    public static T Read<T>(string path, Func<Stream, T> read)
    {
        if (!File.Exists(path)) throw new InputException($"there is no file {path}{NearestName.FileEnd(path)}");
        try
        {
            using var stream = File.OpenRead(path);
            return read(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"cannot read {path}: {e.Message}", e);
        }
    }
}
