using MoViNetNAS.Cli.Output;

namespace MoViNetNAS.Cli.Doctor;

/// <summary>The folder of results can be written, and its disk has room.</summary>
internal static class FolderChecks
{
    private const long EnoughDisk = 1_000_000_000;

    public static IEnumerable<Finding> All(string folder)
    {
        yield return Writable(folder);
        yield return Disk(folder);
    }

    private static Finding Writable(string folder)
    {
        const string Mend = "choose another place with --db, or mend the folder's permissions";
        bool isNew = !Directory.Exists(folder);
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $".doctor-{Environment.ProcessId}");
            File.WriteAllText(probe, "x");
            File.Delete(probe);
            if (isNew) Directory.Delete(folder);
            return Finding.Required("results folder", true, $"{folder} can be written", Mend);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Required("results folder", false, $"{folder} cannot be written: {e.Message}", Mend);
        }
    }

    private static Finding Disk(string folder)
    {
        string existing = folder;
        while (!Directory.Exists(existing)) existing = Path.GetDirectoryName(existing) ?? Path.GetPathRoot(folder)!;
        try
        {
            long free = new DriveInfo(existing).AvailableFreeSpace;
            return Finding.Optional("disk", free >= EnoughDisk, $"{Units.Bytes(free)} free at {existing}", "free some space: checkpoints and caches of frames need about a gigabyte");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Finding.Optional("disk", false, $"free space of {existing} is not known: {e.Message}", "see that about a gigabyte is free");
        }
    }
}
