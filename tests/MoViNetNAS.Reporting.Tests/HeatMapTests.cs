using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting.Tests;

public sealed class HeatMapTests
{
    private static SearchSpace Space(string name) => SpaceFile.Load(Path.Combine(Repository.Root, "searchspaces", name + ".json"));

    /// <summary>A policy that comes to the first option of each decision; decisions of a kind one after the other.</summary>
    private static string[] Logits(SearchSpace space, int rows) =>
    [
        LogitsCsv.Header(space),
        .. Enumerable.Range(1, rows).Select(row => string.Join(',', space.Decisions.Where(decision => decision.OptionCount > 1).SelectMany((decision, d) =>
            decision.Labels.Select((_, option) => option == 0 ? $"{Math.Max(0, 0.3 * row - 0.02 * d):0.###}" : "0")).Prepend($"{25 * row}"))),
    ];

    private static ControllerStep[] Steps(SearchSpace space, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new ControllerStep(i, 0.5, 1, 1, 0.5,
            [.. space.Decisions.Select((decision, d) => Math.Log(decision.OptionCount) * Math.Min(1, Math.Exp(0.005 * d - 4.0 * i / count)))])),
    ];

    [Fact]
    public void Probabilities_are_those_of_the_logits_and_a_cut_off_line_is_left_out()
    {
        var space = Space("micro");
        string[] lines = [.. Logits(space, 3), "100,1"];
        var figure = ChoiceFigure.Of("", space, lines, "logits.csv");
        Assert.Equal([25, 50, 75], figure.Steps);
        Assert.Equal(space.Decisions.Where(decision => decision.OptionCount > 1).Sum(decision => decision.OptionCount), figure.Tracks.Count);
        var first = figure.Tracks[0];
        int options = space.Decisions.First(decision => decision.OptionCount > 1).OptionCount;
        Assert.Equal(Math.Exp(0.9) / (Math.Exp(0.9) + options - 1), first.Probabilities[2], 1e-12);
        Assert.All(figure.Tracks.GroupBy(track => track.Path), decision => Assert.All(Enumerable.Range(0, 3), step => Assert.Equal(1, decision.Sum(option => option.Probabilities[step]), 1e-12)));
        Assert.Contains("logits.csv(1)", Assert.Throws<InputException>(() => ChoiceFigure.Of("", Space("tiny"), lines, "logits.csv")).Message);
        Assert.Contains("'x'", Assert.Throws<InputException>(() => ChoiceFigure.Of("", space, [lines[0], "25," + string.Join(',', Enumerable.Repeat("x", lines[0].Split(',').Length - 1))], "f")).Message);
    }

    [Theory]
    [InlineData("micro", 12)]
    [InlineData("tiny", 12)]
    [InlineData("a2", 40)]
    public void Choices_have_a_row_for_each_option_or_decision_and_a_colour_bar(string name, int rows)
    {
        var space = Space(name);
        var figure = ChoiceFigure.Of($"Choices in {name}", space, Logits(space, rows), "logits.csv");
        string svg = Drawn.Svg(ChoiceHeatMap.Draw(figure));
        string[] texts = Drawn.Texts(svg);
        int open = space.Decisions.Count(decision => decision.OptionCount > 1);
        bool hasOptions = figure.Tracks.Count <= 45;
        foreach (string text in new[] { $"Choices in {name}", "Search step", hasOptions ? "Probability" : "Probability of the final choice", "0", "1" }) Assert.Contains(text, texts);
        string[] lines = Drawn.CsvLines(ChoiceHeatMap.Draw(figure));
        Assert.Equal("decision,option,step,probability", lines[0]);
        Assert.Equal(1 + rows * (hasOptions ? figure.Tracks.Count : open), lines.Length);
        Assert.True(Drawn.Elements(svg, "rect", "path").Count() > open);
        Assert.InRange(ChoiceHeatMap.SizeOf(figure).Height, 100, 600);
        Drawn.Keep(ChoiceHeatMap.Draw(figure), $"choices-{name}");
    }

    [Theory]
    [InlineData("micro", 30)]
    [InlineData("tiny", 300)]
    [InlineData("a2", 1000)]
    public void Entropies_are_shares_of_their_maximum(string name, int count)
    {
        var space = Space(name);
        var figure = EntropyFigure.Of($"Entropy in {name}", space, Steps(space, count));
        int open = space.Decisions.Count(decision => decision.OptionCount > 1), columns = Math.Min(80, count);
        Assert.Equal(open, figure.Tracks.Count);
        string[] texts = Drawn.Texts(Drawn.Svg(EntropyHeatMap.Draw(figure))), lines = Drawn.CsvLines(EntropyHeatMap.Draw(figure));
        foreach (string text in new[] { $"Entropy in {name}", "Search step", "Entropy / maximum" }) Assert.Contains(text, texts);
        Assert.Equal("decision,options,firstStep,lastStep,entropyNats,share", lines[0]);
        Assert.Equal(1 + open * columns, lines.Length);
        Assert.Equal(1, double.Parse(lines[1].Split(',')[^1]), name == "micro" ? 1e-9 : 0.2);
        Assert.All(lines[1..], line => Assert.InRange(double.Parse(line.Split(',')[^1]), 0, 1 + 1e-9));
        if (name == "a2") Assert.Contains("kernel block4", texts); // not each of 162 decisions
        if (name == "micro") Assert.Contains(DecisionText.Short(figure.Tracks[0].Path), texts);
        Drawn.Keep(EntropyHeatMap.Draw(figure), $"entropy-{name}");
    }

    [Fact]
    public void Nothing_to_draw_is_said()
    {
        var space = Space("micro");
        Assert.Contains("nothing to draw", Assert.Throws<InputException>(() => ChoiceHeatMap.Draw(ChoiceFigure.Of("", space, [LogitsCsv.Header(space)], "f"))).Message);
        Assert.Contains("nothing to draw", Assert.Throws<InputException>(() => EntropyHeatMap.Draw(EntropyFigure.Of("", space, []))).Message);
        Assert.Contains("step 0 has entropies", Assert.Throws<InputException>(() => EntropyFigure.Of("", space, Samples.Steps(1))).Message);
    }

    [Fact]
    public void Columns_end_half_way_between_steps()
    {
        Assert.Equal([4.5, 5.5], StepEdges.Of([5]));
        Assert.Equal([25, 75, 125, 150], StepEdges.Of([50, 100, 150]));
    }
}
