namespace MoViNetNAS.Cli.Tests;

[Collection(RunCollection.Name)]
public sealed class TableVerbTests(FinishedRun finished)
{
    [Fact]
    public void Networks_of_runs_checkpoints_and_names_stand_in_one_table()
    {
        var csv = Csv("table", "networks", "--run", FinishedRun.Name, "--checkpoint", finished.Checkpoint, "--model", "a0", "--db", finished.Experiment.Database, "--format", "csv");
        Assert.Equal([FinishedRun.ModelName, FinishedRun.ModelName, "a0"], csv.Select(row => row["network"]));
        var training = finished.Training.Json;
        foreach (var row in csv[..2])
        {
            Assert.Equal(training.GetProperty("top1").GetDouble(), double.Parse(row["top1"], System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal($"{training.GetProperty("macs").GetInt64()}", row["macs"]);
            Assert.Equal($"{training.GetProperty("trainableParameters").GetInt64()}", row["trainableParameters"]);
        }

        var cost = Movinet.Done("cost", "--model", "a0", "--json").Json;
        Assert.Equal($"{cost.GetProperty("macs").GetInt64()}", csv[2]["macs"]);
        Assert.Equal("", csv[2]["top1"]);
        Assert.Contains("which networks", Movinet.Refused("table", "networks"));
    }

    [Fact]
    public void An_architecture_has_a_row_for_each_layer_and_its_costs_add_up()
    {
        var csv = Csv("table", "architecture", "--model", "a2", "--format", "csv");
        var cost = Movinet.Done("cost", "--model", "a2", "--json").Json;
        Assert.Equal(cost.GetProperty("macs").GetInt64(), csv.Sum(row => long.Parse(row["macs"])));
        Assert.Equal(cost.GetProperty("trainableParameters").GetInt64(), csv.Sum(row => long.Parse(row["trainableParameters"])));

        var found = Csv("table", "architecture", "--run", FinishedRun.Name, "--db", finished.Experiment.Database, "--format", "csv");
        var pick = finished.Best.GetProperty("feasible");
        Assert.Equal(pick.GetProperty("cost").GetInt64(), found.Sum(row => long.Parse(row["macs"])));
        Assert.Contains("--pick", Movinet.Refused("table", "architecture", "--model", "a0", "--pick", "best"));
        Assert.Contains("is not a MoViNet", Movinet.Refused("table", "architecture", "--model", "x3d-m"));
    }

    [Fact]
    public void The_table_of_a_study_comes_back_from_its_file()
    {
        string folder = Path.Combine(Repository.Root, "results", "ablation");
        var rows = Csv("table", "study", folder, "--format", "csv");
        Assert.Equal(6, rows.Count);
        Assert.Equal((1193 + 1194 + 1108) / 3.0 / 1312, double.Parse(rows[0]["measure"], System.Globalization.CultureInfo.InvariantCulture), 12);
        string markdown = Movinet.Done("table", "study", folder, "--format", "markdown").Output;
        Assert.Contains("| conv, SE global | **94.9 ± 9.3** | 1254, 1290, 1193 of 1312 | +6.1 ± 3.4 |", markdown); // the numbers of its README
        Assert.Contains("\\textbf{94.9 $\\pm$ 9.3}", Movinet.Done("table", "study", folder, "--format", "latex").Output);
        Assert.Contains("not a folder that `movinet study` wrote", Movinet.Refused("table", "study", Path.Combine(Repository.Root, "results", "memory")));
    }

    [Fact]
    public void The_table_of_a_comparison_comes_back_from_its_files()
    {
        string folder = Path.Combine(Repository.Root, "results", "compare-micro-limit");
        string markdown = Movinet.Done("table", "methods", folder, "--format", "markdown").Output;
        Assert.Contains("| random | 72.1 ± 0.3 | 98.5 ± 0.5 |", markdown); // the numbers of its README
        Assert.Contains("| local search | 71.7 ± 0.3 | 98.1 ± 1.1 | -0.4 ± 0.3 | 0.9888 | 0.9883 |", markdown);
        Assert.Contains("did you mean", Movinet.Refused("table", "methods", folder, "--baseline", "randon"));
    }

    [Fact]
    public void A_front_is_printed_as_csv_with_exact_numbers()
    {
        var csv = Csv("pareto", "--run", FinishedRun.Name, "--db", finished.Experiment.Database, "--out", Path.Combine(finished.Experiment.Results, "front-test"), "--format", "csv");
        Assert.All(csv, row => Assert.InRange(double.Parse(row["top1"], System.Globalization.CultureInfo.InvariantCulture), 0, 1));
        Assert.All(csv, row => Assert.True(long.Parse(row["macs"]) > 0));
    }

    private static List<Dictionary<string, string>> Csv(params string[] args)
    {
        var rows = Data.CsvRows.Parse(Movinet.Done(args).Output).ToList();
        return [.. rows.Skip(1).Select(row => rows[0].Fields.Zip(row.Fields).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
