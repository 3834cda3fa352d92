using System.Globalization;
using MoViNetNAS.Cli;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Notebooks;

/// <summary>The program: <c>run</c> writes outputs into notebooks, <c>check</c> compares them with those that are there.</summary>
public static class NotebookCommand
{
    private const string Usage =
        """
        run   [NOTEBOOK ...] [--timeout SECONDS]   execute, and write the outputs into the files
        check [NOTEBOOK ...] [--timeout SECONDS]   execute, and compare with the outputs in the files
        A NOTEBOOK is a number (01), a name (01-search.ipynb) or a path; without one, all of notebooks/. The limit of each is 300 s.
        Exit codes: 0 done, 1 a cell failed or an output differs, 2 bad input, 130 interrupted.
        """;

    private const int UsualLimit = 300, MostSeconds = 86_400;

    /// <summary>Runs the program.</summary>
    /// <returns>0, 1, 2 or 130.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        // The first Ctrl-C ends it: files are written whole at the very end of a notebook, so nothing is half done.
        using var interrupt = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, _ =>
        {
            error.WriteLine("interrupted; the notebook that ran is as it was.");
            ProcessEnd.With(ExitCode.Interrupted);
        });
        try
        {
            var (isCheck, paths, limit) = Parse(args);
            bool isFine = true;
            foreach (string path in paths) isFine &= Execute(path, isCheck, limit, output, error);
            return isFine ? ExitCode.Done : ExitCode.Failed;
        }
        catch (InputException e)
        {
            error.WriteLine(e.Message);
            return ExitCode.BadInput;
        }
        catch (MachineException e)
        {
            error.WriteLine(e.Message);
            return ExitCode.Failed;
        }
    }

    /// <summary>The notebooks that <paramref name="names"/> mean; all of <paramref name="folder"/> when there are none.</summary>
    /// <exception cref="InputException">There is no such notebook.</exception>
    public static IReadOnlyList<string> Find(string folder, IReadOnlyList<string> names)
    {
        string[] all = [.. Directory.GetFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)];
        if (names.Count == 0) return all;
        return [.. names.Select(name => File.Exists(name) ? name : all.FirstOrDefault(path => Means(name, path)) ?? throw Unknown(name, all))];
    }

    private static bool Execute(string path, bool isCheck, TimeSpan limit, TextWriter output, TextWriter error)
    {
        var notebook = NotebookFile.Load(path);
        long start = TimeProvider.System.GetTimestamp();
        var run = NotebookRun.Of(notebook, limit, cell => error.WriteLine($"{notebook.Name} [{cell.Number}/{notebook.Cells.Length}] {cell.Id}"));
        if (run.Fault is { } fault)
        {
            error.WriteLine(fault.ToText(notebook.Name));
            return false;
        }

        string seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        if (!isCheck)
        {
            AtomicFile.WriteText(path, notebook.With(run.Outputs));
            output.WriteLine($"{notebook.Name}: outputs written ({seconds} s).");
            return true;
        }

        string[] differences = [.. notebook.Cells.Zip(run.Outputs).SelectMany(pair => OutputComparison.Differences(pair.First, pair.Second))];
        foreach (string difference in differences) output.WriteLine($"{notebook.Name}, {difference}");
        output.WriteLine(differences.Length == 0 ? $"{notebook.Name}: as committed ({seconds} s)." : $"{notebook.Name}: {differences.Length} outputs differ ({seconds} s).");
        return differences.Length == 0;
    }

    private static (bool IsCheck, IReadOnlyList<string> Paths, TimeSpan Limit) Parse(string[] args)
    {
        if (args is not ["run" or "check", ..]) throw new InputException(Usage);
        var names = new List<string>();
        int limit = UsualLimit;
        for (int i = 1; i < args.Length; i++)
        {
            if (args[i] == "--timeout")
            {
                string text = ++i < args.Length ? args[i] : "";
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostSeconds)
                    throw new InputException($"--timeout must be a whole number of seconds from 1 to {MostSeconds}, not '{text}'.");
            }
            else if (args[i].StartsWith("--", StringComparison.Ordinal)) throw new InputException($"unknown option '{args[i]}'.\n{Usage}");
            else names.Add(args[i]);
        }

        return (args[0] == "check", Find(Notebook.FromRoot("notebooks"), names), TimeSpan.FromSeconds(limit));
    }

    private static bool Means(string name, string path)
    {
        string file = Path.GetFileName(path);
        return file == name || Path.GetFileNameWithoutExtension(file) == name || file.StartsWith(name + "-", StringComparison.Ordinal);
    }

    private static InputException Unknown(string name, string[] all)
    {
        string[] names = [.. all.Select(path => Path.GetFileNameWithoutExtension(path))];
        return new InputException($"there is no notebook '{name}'{NearestName.End(name, names)} There are {string.Join(", ", names)}.");
    }
}
