using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Finds names for runs and models: the experiment's name and the next free number.</summary>
internal static class RunNames
{
    public static string Next(string stem, RunStore store)
    {
        var taken = store.Runs().Select(run => run.Name).Concat(store.Models().Select(model => model.Name)).ToHashSet();
        for (int n = 1; ; n++)
        {
            string name = $"{stem}-{n}";
            if (!taken.Contains(name) && !Directory.Exists(new RunFolder(store.Path, name).Path)) return name;
        }
    }

    /// <summary>Whether it can name a folder everywhere.</summary>
    public static bool IsName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !name.StartsWith('.');

    /// <exception cref="InputException">The name is taken, or no name for a folder.</exception>
    public static string Check(string name, RunStore store)
    {
        if (!IsName(name))
            throw new InputException($"--name names a folder: letters, digits, '-', '_' and '.' are allowed, not '{name}'.");
        if (store.Runs().Any(run => run.Name == name) || store.Models().Any(model => model.Name == name))
            throw new InputException($"--name: there is a run or model '{name}' already; `movinet runs` lists them.");
        var folder = new RunFolder(store.Path, name);
        if (File.Exists(folder.Checkpoint) || File.Exists(Path.Combine(folder.Path, TrainingPlan.FileName)))
            throw new InputException($"--name: {folder.Path} holds an unfinished training or a run that is not in {store.Path}; choose another name, or go on with it: --resume {name}.");
        return name;
    }
}
