using MoViNetNAS.Cli.Output;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Evaluate;

/// <summary>The result of one head.</summary>
internal sealed record HeadOutput
{
    private const int MostShown = 200; // a screen of classes; --json has all

    public HeadOutput(HeadResult result, IReadOnlyList<string> classes)
    {
        var head = result.Head;
        (Name, Classes) = (head.Name, [.. classes.Skip(head.First).Take(head.Count)]);
        if (head.IsMultiLabel)
        {
            MeanAveragePrecision = result.MeanAveragePrecision();
            return;
        }

        (Top1, Top5, MeanClassAccuracy, Confusion) = (result.Top(1), result.Top(5), result.MeanClassAccuracy(), result.Confusion());
    }

    public string Name { get; }

    public double? Top1 { get; }

    public double? Top5 { get; }

    public double? MeanClassAccuracy { get; }

    public double? MeanAveragePrecision { get; }

    public IReadOnlyList<string> Classes { get; }

    public IReadOnlyList<IReadOnlyList<int>>? Confusion { get; }

    public void WriteClasses(Terminal terminal)
    {
        if (Confusion is null || Classes.Count > MostShown) return;
        terminal.Table([Name, "clips>", "right>", "most taken for"], Classes.Select((name, truth) =>
        {
            var row = Confusion[truth];
            int wrong = Enumerable.Range(0, row.Count).Where(i => i != truth).DefaultIfEmpty(truth).MaxBy(i => row[i]);
            return new[] { name, $"{row.Sum()}", $"{row[truth]}", wrong == truth || row[wrong] == 0 ? "" : $"{Classes[wrong]} ({row[wrong]})" };
        }));
    }
}
