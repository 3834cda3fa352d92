using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace MoViNetNAS.Cli.Output;

/// <summary>Where a verb writes: results to stdout, progress and notes to stderr; no colour when redirected or with NO_COLOR.</summary>
internal sealed class Terminal
{
    private const int WidthWhenRedirected = 100_000; // a file has no edge to wrap at

    private static readonly JsonSerializerOptions JsonFormat = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private readonly IAnsiConsole _console;
    private readonly bool _isTerminal;

    private Terminal(TextWriter output, TextWriter error)
    {
        (Out, Error) = (output, error);
        _isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        _console = Open(output, _isTerminal);
    }

    /// <summary>Results.</summary>
    public TextWriter Out { get; }

    /// <summary>Progress and notes.</summary>
    public TextWriter Error { get; }

    /// <summary>The terminal of the invocation that <paramref name="parse"/> belongs to.</summary>
    public static Terminal Of(ParseResult parse) => new(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);

    /// <summary>A result for machines: names in camelCase, indented, nulls left out.</summary>
    public void Json<T>(T result) => Out.WriteLine(ToJson(result));

    /// <summary>The text that <see cref="Json"/> writes, for a file.</summary>
    public static string ToJson<T>(T result) => JsonSerializer.Serialize(result, JsonFormat);

    /// <summary>A line of a result for people.</summary>
    public void Line(string text = "") => Out.WriteLine(text);

    /// <summary>A note that is no result.</summary>
    public void Note(string text) => Error.WriteLine(text);

    /// <summary>A table for people; columns whose heading ends in '>' are aligned to the right.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (string heading in headings)
        {
            var column = new TableColumn(new Text(heading.TrimEnd('>'), new Style(decoration: Decoration.Bold)));
            column.Padding = new Padding(0, 0, 2, 0);
            if (heading.EndsWith('>')) column.RightAligned();
            table.AddColumn(column);
        }

        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell)));
        if (headings.All(heading => heading.Length == 0)) table.HideHeaders();
        if (_isTerminal)
        {
            _console.Write(table);
            return;
        }

        using var text = new StringWriter();
        Open(text, isTerminal: false).Write(table);
        foreach (string line in text.ToString().TrimEnd().Split('\n')) Out.WriteLine(line.TrimEnd()); // cells are padded to the column's width
    }

    /// <summary>A word in colour, where there is colour.</summary>
    public void Word(string text, Color colour) => _console.Write(new Text(text, new Style(colour)));

    /// <summary>A progress line on stderr for <paramref name="total"/> steps, of which <paramref name="start"/> are done already.</summary>
    public Progress Progress(string what, long total, long start = 0) =>
        new(Error, TimeProvider.System, ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected, what, total, start);

    private static IAnsiConsole Open(TextWriter writer, bool isTerminal)
    {
        bool hasColour = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = hasColour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = hasColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!isTerminal) console.Profile.Width = WidthWhenRedirected;
        return console;
    }
}
