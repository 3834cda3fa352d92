using System.Globalization;
using System.Text;
using Microsoft.Data.Analysis;

namespace MoViNetNAS.Reporting;

/// <summary>Columns as the text of a CSV file (RFC 4180): a header, numbers exact, missing ones empty.</summary>
internal static class CsvText
{
    public static string Of(params DataFrameColumn[] columns)
    {
        using var stream = new MemoryStream();
        DataFrame.SaveCsv(new DataFrame(columns), stream, ',', header: true, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
