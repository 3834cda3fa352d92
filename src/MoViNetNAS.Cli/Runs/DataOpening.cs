using MoViNetNAS.Cli.Output;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Opens a data set with progress, and tells which videos were left out or skipped.</summary>
internal static class DataOpening
{
    private const int MostNamed = 20;

    public static IClipDataset Open(DataSettings settings, InputShape input, Terminal terminal, CancellationToken cancellation) =>
        Open(progress => settings.Open(input, progress, cancellation), terminal);

    /// <summary>As <see cref="Open(DataSettings, InputShape, Terminal, CancellationToken)"/>, with the score split of a search.</summary>
    public static IClipDataset OpenForSearch(DataSettings settings, InputShape input, Terminal terminal, CancellationToken cancellation) =>
        Open(progress => settings.OpenForSearch(input, progress, cancellation), terminal);

    /// <summary>Names the clips that a training had to do without.</summary>
    public static void TellSkipped(SkippedClips skipped, Terminal terminal)
    {
        if (skipped.Count == 0) return;
        foreach (var video in skipped.Items.Take(MostNamed)) terminal.Note($"skipped: {video.Path}: {video.Reason}");
        if (skipped.Items.Count > MostNamed) terminal.Note($"skipped: {skipped.Items.Count - MostNamed} more.");
        terminal.Note($"{skipped.Count} clips of {skipped.Items.Count} videos could not be read and were skipped");
    }

    private static IClipDataset Open(Func<IProgress<DecodingProgress>, IClipDataset> open, Terminal terminal)
    {
        IClipDataset dataset;
        using (var line = new DecodingLine(terminal)) dataset = open(line);
        var folder = dataset as VideoFolder ?? (dataset as ScoreWindows)?.Videos;
        if (folder is null) return dataset;
        foreach (var video in folder.Unusable.Take(MostNamed)) terminal.Note($"left out: {video.Path}: {video.Reason}");
        if (folder.Unusable.Count > MostNamed) terminal.Note($"left out: {folder.Unusable.Count - MostNamed} more.");
        foreach (string warning in folder.Warnings.Take(MostNamed)) terminal.Note($"warning: {warning}");
        return dataset;
    }
}
