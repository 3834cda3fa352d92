using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Figures;

/// <summary>The options that all verbs of figures share, and what they do in the end: draw, write, say where.</summary>
internal static class FigureOptions
{
    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Path of the files without extension (default: beside the data).",
        HelpName = "path",
    };

    private static readonly Option<string?> Title = new("--title") { Description = "Title of the figure; \"\" for none.", HelpName = "text" };

    /// <summary>How wide a figure is.</summary>
    public static Option<string> Size { get; } = CommonOptions.OneOf("--size", "Width: one column of a paper (8.5 cm) or its page (17.8 cm).", "column", "column", "page");

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public static Command With(Command command)
    {
        foreach (var option in new Option[] { Out, Title, Size, CommonOptions.Json }) command.Add(option);
        return command;
    }

    /// <summary>The title that was asked for, or <paramref name="otherwise"/>.</summary>
    public static string TitleOr(ParseResult parse, string otherwise) => parse.GetValue(Title) ?? otherwise;

    /// <summary>Width in units of a figure whose height follows from its data.</summary>
    public static int Width(ParseResult parse) => parse.GetValue(Size) == "page" ? FigureSize.PageWidth : FigureSize.ColumnWidth;

    /// <summary>Size of a figure that has no height of its own.</summary>
    public static FigureSize SizeOf(ParseResult parse) => parse.GetValue(Size) == "page" ? FigureSize.Page : FigureSize.Column;

    /// <summary>Writes the files of <paramref name="figure"/>, disposes it, and says which files these are.</summary>
    /// <param name="parse">The arguments.</param>
    /// <param name="figure">What was drawn.</param>
    /// <param name="beside">Path without extension where the user names none.</param>
    /// <exception cref="Spaces.MachineException">A file cannot be written.</exception>
    public static int Finish(ParseResult parse, Figure figure, string beside)
    {
        using var owned = figure;
        var terminal = Terminal.Of(parse);
        var files = figure.Save(parse.GetValue(Out) ?? beside);
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(new { files });
        else terminal.Line($"wrote {string.Join(", ", files)}");
        return ExitCode.Done;
    }
}
