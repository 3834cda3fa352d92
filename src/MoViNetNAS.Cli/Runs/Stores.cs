using System.CommandLine;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Opens the store of verbs that need something that is in it already.</summary>
internal static class Stores
{
    /// <exception cref="InputException">There is no such file; none is made.</exception>
    public static RunStore OpenExisting(ParseResult parse)
    {
        string path = parse.GetValue(CommonOptions.Database)!;
        if (!File.Exists(path) && !Directory.Exists(path)) throw new InputException($"there is no store {path}; a search makes it, or name another file with --db.");
        return RunStore.Open(path);
    }
}
