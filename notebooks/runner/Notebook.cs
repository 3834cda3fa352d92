using System.CommandLine.Parsing;
using MoViNetNAS.Cli;
using MoViNetNAS.Cli.Tabular;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Notebooks;

/// <summary>What a cell may call beside the library: to show pictures, to run the command line, to find files. <c>using static</c> makes the names short.</summary>
public static class Notebook
{
    private static OutputCollector? _collector;
    private static string? _folder;

    /// <summary>The folder of the repository, where <c>searchspaces</c>, <c>experiments</c> and <c>results</c> lie.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A folder for the files of this notebook, deleted when it ends. The command line runs in it.</summary>
    public static string Folder => _folder ??= CreateFolder();

    /// <summary>A size of figures that keeps notebook files small.</summary>
    public static FigureSize Size { get; } = new(560, 420, 1.5);

    /// <summary>A file of the repository.</summary>
    /// <param name="path">Below <see cref="Root"/>, with "/".</param>
    public static string FromRoot(string path) => Path.Combine(Root, path);

    /// <summary>Shows a figure as a picture, and disposes it.</summary>
    public static void Show(Figure figure)
    {
        using (figure) Show(figure.Png());
    }

    /// <summary>Shows a PNG.</summary>
    public static void Show(byte[] png)
    {
        string text = Convert.ToBase64String(png);
        if (_collector is not null) _collector.Add(new CellOutput(CellOutput.Display, CellOutput.Png, text));
        else Publish($"<img src=\"data:image/png;base64,{text}\" style=\"max-width: 640px\">", "text/html", "a picture");
    }

    /// <summary>Shows a drawing, the text of an SVG.</summary>
    public static void ShowSvg(string svg) => Publish(svg, CellOutput.Svg, "a drawing");

    /// <summary>Shows a table.</summary>
    public static void Show(TextTable table) => Publish(table.ToMarkdown(), "text/markdown", table.ToText());

    /// <summary>Runs the <c>movinet</c> command in this process, in <see cref="Folder"/>.</summary>
    /// <param name="arguments">As typed into a shell after <c>movinet</c>.</param>
    /// <exception cref="InputException">The command was refused.</exception>
    /// <exception cref="MachineException">It failed or was interrupted.</exception>
    public static MovinetOutput Movinet(string arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter();
        string folder = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = Folder;
            int code = CommandLine.Run([.. CommandLineParser.SplitCommandLine(arguments)], output, error);
            string said = error.ToString().TrimEnd();
            if (code == ExitCode.BadInput) throw new InputException(said);
            if (code != ExitCode.Done) throw new MachineException(said);
            // The folder has another name each time; the text shall not.
            return new MovinetOutput(output.ToString().Replace(Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(Folder, ".", StringComparison.Ordinal));
        }
        finally
        {
            Environment.CurrentDirectory = folder;
        }
    }

    /// <summary>A table of trained networks, such as "results/micro": every architecture of a small space with its trainings.</summary>
    /// <param name="folder">Below <see cref="Root"/>.</param>
    /// <exception cref="InputException">There is none, or it is damaged.</exception>
    public static TabularBenchmark Table(string folder) => TabularFiles.Load(FromRoot(folder));

    /// <summary>From here on outputs go to <paramref name="collector"/>, and files into a fresh folder.</summary>
    internal static void Begin(OutputCollector collector) => (_collector, _folder) = (collector, null);

    /// <summary>Deletes the notebook's folder.</summary>
    internal static void End()
    {
        _collector = null;
        if (_folder is null) return;
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A folder of temporary files may stay behind; the system clears them.
        }

        _folder = null;
    }

    private static void Publish(string content, string format, string instead)
    {
        if (_collector is not null) _collector.Add(new CellOutput(CellOutput.Display, format, content));
        else if (!KernelDisplay.TryShow(content, format)) Console.WriteLine(instead);
    }

    private static string CreateFolder()
    {
        string folder = Directory.CreateTempSubdirectory("movinet-notebook-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
        return folder;
    }

    private static string FindRoot()
    {
        foreach (string start in new[] { typeof(Notebook).Assembly.Location, Path.Combine(Environment.CurrentDirectory, "x") })
        {
            for (var folder = Path.GetDirectoryName(start); folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, "MoViNetNAS.sln"))) return folder;
            }
        }

        throw new MachineException("the notebooks need the repository: no MoViNetNAS.sln was found above the program or the working folder.");
    }
}
