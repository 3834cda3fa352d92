using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Tests;

/// <summary>The experiments with the published settings are those of the table in the code.</summary>
public sealed class PublishedRecipeTests
{
    // To write the files after a change of the table: WRITE_EXPERIMENTS=1 ./test Cli
    private static readonly bool Writes = Environment.GetEnvironmentVariable("WRITE_EXPERIMENTS") == "1";

    public static TheoryData<string> Names => [.. PublishedRecipe.All.Select(recipe => recipe.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_is_what_the_table_says(string name)
    {
        var recipe = PublishedRecipe.All.Single(recipe => recipe.Name == name);
        string file = Path.Combine(Repository.Root, "experiments", $"{name}.json");
        if (Writes) File.WriteAllText(file, recipe.FileText());
        Assert.Equal(recipe.FileText(), File.ReadAllText(file).ReplaceLineEndings("\n"));

        var experiment = Experiment.Load(file);
        Assert.Equal((name, recipe.Network, null), (experiment.Name, experiment.Network, experiment.Space));
        Assert.Equal(new InputShape(recipe.Frames, recipe.Resolution, recipe.FrameStride), experiment.Input);
        Assert.Equal((240, 1024, 0.2, recipe.Dropout), (experiment.Train.Epochs, experiment.Train.Batch, experiment.Train.StochasticDepth, experiment.Train.Dropout));
        Assert.Equal(new RmsPropSettings(0.9, 0.9, 1, SquareStart.Zero), experiment.Train.Optimizer);
        var data = Assert.IsType<VideoFolderSettings>(experiment.Data);
        Assert.Equal(ReleasedArchitectures.EvaluationShortSide(recipe.Resolution), (int)Math.Round(recipe.Resolution * data.CropMargin));
        Assert.Equal(366_016, PublishedDataset.Of(name, data)!.TrainingClips);
    }

    // Learning rates of updates 1,001 and 10,001 of the official schedule, from its formula: 0.8378670 and 1.7403198. Ours has 105 updates less of 85,785.
    [Fact]
    public void The_rates_are_the_published_ones_but_for_the_last_part_of_a_batch()
    {
        var train = Experiment.Load(Path.Combine(Repository.Root, "experiments", "kinetics600-a0-base.json")).Train;
        var official = train.Rates(85_785);
        Assert.Equal(0.8378670, official.At(1000), 5e-4);
        Assert.Equal(1.7403198, official.At(10_000), 1e-6);
        var ours = train.Rates(NetworkTrainer.UpdatesOfEpoch(366_016, train.Batch) * train.Epochs);
        Assert.Equal(1, ours.At(1000) / official.At(1000), 2e-3);
        Assert.Equal(1, ours.At(60_000) / official.At(60_000), 6e-3);
    }

    [Theory]
    [InlineData("kinetics700-2020-a1", "Kinetics 700-2020")]
    [InlineData("kinetics700-a1", "Kinetics 700")]
    [InlineData("kinetics400", "Kinetics 400")]
    [InlineData("my-kinetics400", null)]
    public void A_public_data_set_is_known_by_the_name_of_its_experiment(string experiment, string? title)
    {
        var kinetics = Experiment.Load(Path.Combine(Repository.Root, "experiments", "kinetics600-t0-base.json")).Data;
        Assert.Equal(title, PublishedDataset.Of(experiment, kinetics)?.Title);
        Assert.Null(PublishedDataset.Of(experiment, new MovingShapesSettings(new())));
    }

    [Theory]
    [InlineData("t0", "stream", 357 * 240)]
    public void A_dry_run_needs_no_data(string network, string variant, int updates)
    {
        string file = Path.Combine(Repository.Root, "experiments", $"kinetics600-{network}-{variant}.json");
        var run = Movinet.Done("train", "--dry-run", "--model", network, "--experiment", file, "--threads", "2", "--json").Json;
        Assert.Equal((updates, 600, 366_016), (run.GetProperty("updates").GetInt32(), run.GetProperty("classes").GetInt32(), run.GetProperty("trainingClips").GetInt32()));
        Assert.Equal("Kinetics 600 as published", run.GetProperty("classesFrom").GetString());
        Assert.True(run.GetProperty("memory").GetProperty("totalBytes").GetInt64() > 1_000_000_000);
        Assert.True(run.GetProperty("time").GetProperty("seconds").GetDouble() > 0);
    }
}
