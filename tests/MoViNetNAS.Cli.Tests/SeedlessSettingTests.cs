using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Cli.Reports;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Search;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Tests;

/// <summary>Which runs are repetitions of one another, for figures and reports alike.</summary>
[Collection(RunCollection.Name)]
public sealed class SeedlessSettingTests(FinishedRun finished)
{
    private RunRecord Record => finished.Experiment.Run(FinishedRun.Name);

    private static RunRecord WithSeed(RunRecord record, ulong seed) => record with
    {
        Name = $"other-{seed}",
        Seed = seed,
        Machine = "elsewhere",
        Configuration = record.Configuration.Replace("\"seed\": 1,\n  \"space\"", $"\"seed\": {seed},\n  \"space\"", StringComparison.Ordinal),
    };

    [Fact]
    public void Runs_that_differ_by_name_and_seed_are_repetitions_and_by_anything_else_are_not()
    {
        var record = Record;
        Assert.NotEqual(record.Configuration, WithSeed(record, 2).Configuration);
        Assert.Equal(SeedlessSetting.Of(record), SeedlessSetting.Of(WithSeed(record, 2)));
        RunRecord[] others =
        [
            record with { Configuration = record.Configuration.Replace("\"steps\": 6", "\"steps\": 7", StringComparison.Ordinal) }, record with { SpaceHash = "other" }, record with { SplitHash = "other" },
            record with { Algorithm = "random" }, record with { Latency = "{}" },
        ];
        Assert.Equal(1 + others.Length, others.Append(record).Select(SeedlessSetting.Of).Distinct().Count());
        Assert.Equal([2, 1], RunGroup.Of([record, others[0], WithSeed(record, 3)]).Select(group => group.Runs.Count));
    }

    [Fact]
    public void Records_keep_the_number_of_classes_and_those_without_are_worked_out_from_costs()
    {
        using var store = RunStore.OpenReadOnly(finished.Experiment.Database);
        var run = ReportedRun.Load(store, finished.Experiment.Database, FinishedRun.Name);
        Assert.Equal(8, run.Record.Classes);
        Assert.Equal(8, run.Models[0].Record.Classes);
        var old = run with { Account = run.Account with { Run = run.Record with { Classes = null } } };
        Assert.Equal(8, old.Classes);
        Assert.Equal(8, ReportedModel.Of(run.Models[0].Record with { Classes = null }, finished.Experiment.Database).Classes);
        Assert.Equal(3, (run with { Account = run.Account with { Run = run.Record with { Classes = 3 } } }).Classes);
    }
}
