using System.Globalization;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Kinetics 400, 600 and 700: <c>id_000010_000020.mp4</c> in folders by class or flat, with the official CSV files.</summary>
/// <remarks>Columns label, youtube_id, time_start and time_end; others are ignored. The videos are the trimmed clips. The
/// source is the video on YouTube. Training is train.csv; evaluation val.csv (or validate.csv), as in the papers, or test.csv.</remarks>
public sealed record KineticsLayout : OfficialLayout
{
    private static readonly string[] Train = ["train.csv"], Validation = ["val.csv", "validate.csv", "validation.csv"], Test = ["test.csv"];

    /// <summary>Whether test.csv is evaluated instead of val.csv; it needs the column label, which not every release has.</summary>
    public bool IsTestEvaluated { get; init; }

    internal override void Read(LayoutReading reading)
    {
        string train = reading.FileCalled(Train), evaluation = reading.FileCalled(IsTestEvaluated ? Test : Validation);
        ReadRows(reading, train, Split.Weights);
        ReadRows(reading, evaluation, Split.Test);
        reading.SortClasses();
    }

    private static void ReadRows(LayoutReading reading, string file, Split split)
    {
        List<CsvRows.Row> rows = AnnotationText.Rows(file);
        if (rows.Count == 0) throw new InputException($"{file} is empty.");
        int[] columns = AnnotationText.Columns(file, rows[0], "label", "youtube_id", "time_start", "time_end");
        foreach (CsvRows.Row row in rows.Skip(1))
        {
            if (row.Fields.Count != rows[0].Fields.Count)
            {
                reading.Faults.Add(file, row.Line, $"{row.Fields.Count} fields, the header has {rows[0].Fields.Count}");
                continue;
            }

            string label = row.Fields[columns[0]], id = row.Fields[columns[1]];
            string from = row.Fields[columns[2]], to = row.Fields[columns[3]];
            if (Seconds(from) is not { } start || Seconds(to) is not { } end || end <= start)
            {
                reading.Faults.Add(file, row.Line, $"time_start and time_end must be whole seconds, the end after the start, not '{from}' and '{to}'");
            }
            else if (label.Length == 0 || id.Length == 0 || id.Contains('/') || id.Contains('\\'))
            {
                reading.Faults.Add(file, row.Line, $"label and youtube_id must not be empty, nor the id a path; they are '{label}' and '{id}'");
            }
            else
            {
                reading.AddClass(label);
                reading.AddVideo(file, row.Line, $"{id}_{start:000000}_{end:000000}", ".mp4", label, split, id, mayRepeat: true);
            }
        }
    }

    // Some releases write 82, others 82.0.
    private static int? Seconds(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds)
        && seconds == decimal.Truncate(seconds) && seconds <= 999_999 ? (int)seconds : null;
}
