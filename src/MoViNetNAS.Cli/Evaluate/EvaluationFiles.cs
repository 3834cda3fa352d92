using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Evaluate;

/// <summary>The files of an evaluation: the result, and the pictures with their data.</summary>
internal static class EvaluationFiles
{
    /// <summary>Name of the picture of accuracy per frame.</summary>
    public const string Frames = "frames";

    /// <summary>Name of the file of the result.</summary>
    public const string Result = "evaluation.json";

    private const string Confusion = "confusion";

    /// <summary>Name of the confusion matrix of a head; null for the only one.</summary>
    public static string ConfusionOf(string? head) => head is null ? Confusion : $"{Confusion}-{head}";

    /// <summary>Writes <c>evaluation.json</c>, a confusion matrix for each head of one right class, and accuracy per frame where clips were streamed.</summary>
    /// <returns>The paths.</returns>
    /// <exception cref="MachineException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, EvaluationOutput output, EvaluationResult result)
    {
        var paths = new List<string> { Path.Combine(folder, Result) };
        AtomicFile.WriteText(paths[0], Terminal.ToJson(output) + "\n");
        foreach (var head in output.Heads.Where(head => head.Confusion is not null))
        {
            var figure = new ConfusionFigure(output.Model, head.Classes, head.Confusion!);
            using var matrix = ConfusionMatrix.Draw(figure);
            paths.AddRange(matrix.Save(Path.Combine(folder, ConfusionOf(output.Heads.Count == 1 ? null : head.Name))));
        }

        if (output.Top1AfterFrame is null)
        {
            // Those of an evaluation before this one would be taken for this one's.
            foreach (string type in new[] { ".svg", ".png", ".pdf", ".csv" }) File.Delete(Path.Combine(folder, Frames + type));
            return paths;
        }

        using var frames = AccuracyPerFrame.Draw(new FrameAccuracyFigure("", [new FrameAccuracySeries(output.Model, result.Clips, result.RightAfterFrame)]));
        paths.AddRange(frames.Save(Path.Combine(folder, Frames)));
        return paths;
    }

    /// <summary>A confusion matrix from its data.</summary>
    /// <exception cref="InputException">It is not square.</exception>
    public static ConfusionFigure ReadConfusion(string title, CsvTable table)
    {
        string[] classes = [.. table.Rows.Select(row => row.Text("true")).Distinct()];
        var cells = new Dictionary<(string, string), int>();
        foreach (var row in table.Rows)
            if (!cells.TryAdd((row.Text("true"), row.Text("predicted")), (int)row.Whole("clips"))) throw new InputException($"{table.Name}({row.Line}): this cell stands twice.");
        int Clips(string truth, string said) => cells.TryGetValue((truth, said), out int clips) ? clips : throw new InputException($"{table.Name}: has no row for '{truth}' taken for '{said}'.");
        return new ConfusionFigure(title, classes, [.. classes.Select(truth => (IReadOnlyList<int>)[.. classes.Select(said => Clips(truth, said))])]);
    }

    /// <summary>Accuracy per frame from its data.</summary>
    /// <exception cref="InputException">Frames are missing, or more clips are right than there are.</exception>
    public static FrameAccuracyFigure ReadFrames(CsvTable table) => new("", [.. table.Rows.GroupBy(row => row.Text("network")).Select(network =>
    {
        var rows = network.ToList();
        long clips = rows[0].Whole("clips", 1);
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Whole("frame", 1) != i + 1) throw new InputException($"{table.Name}({rows[i].Line}): frame {i + 1} of '{network.Key}' is expected, not {rows[i].Text("frame")}.");
            if (rows[i].Whole("clips", 1) != clips || rows[i].Whole("right") > clips) throw new InputException($"{table.Name}({rows[i].Line}): '{network.Key}' has {clips} clips, of which this row has {rows[i].Text("right")} right of {rows[i].Text("clips")}.");
        }

        return new FrameAccuracySeries(network.Key, (int)clips, [.. rows.Select(row => (int)row.Whole("right"))]);
    })]);
}
