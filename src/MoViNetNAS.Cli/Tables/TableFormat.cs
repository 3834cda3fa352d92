using System.CommandLine;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Tables;

/// <summary>The option that says in which form a table is printed.</summary>
internal static class TableFormat
{
    public static Option<string> Format { get; } =
        CommonOptions.OneOf("--format", "How the table is printed: CSV with exact numbers, LaTeX with the rules of booktabs.", "text", "text", "markdown", "csv", "latex");

    /// <summary>The table in the form that <paramref name="parse"/> asks for.</summary>
    public static string Text(ParseResult parse, TextTable table) => parse.GetValue(Format) switch
    {
        "markdown" => table.ToMarkdown(),
        "csv" => table.ToCsv(),
        "latex" => table.ToLatex(),
        _ => table.ToText(),
    };
}
