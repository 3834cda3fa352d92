using MoViNetNAS.Cli.Reports;

namespace MoViNetNAS.Cli.Tests;

/// <summary>Evaluations in the folder of a network, read for a report.</summary>
public sealed class StoredEvaluationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private StoredEvaluation? Load() => StoredEvaluation.Load("m", _folder["movinet.db"]);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(_folder["m/evaluation"]);
        File.WriteAllText(_folder[$"m/evaluation/{file}"], text);
    }

    [Fact]
    public void Each_head_with_one_right_class_has_its_confusion()
    {
        Write("evaluation.json", """{ "model": "m", "split": "test", "measureName": "top-1", "measure": 0.5, "clips": 2, "heads": [{ "name": "verb" }, { "name": "noun" }, { "name": "any" }] }""");
        Write("confusion-verb.csv", "true,predicted,clips\ntake,take,2\ntake,open,0\nopen,take,0\nopen,open,0\n");
        Write("confusion-noun.csv", "true,predicted,clips\ntap,tap,1\ntap,pan,1\npan,tap,0\npan,pan,0\n");
        Write("confusion.csv", "of an evaluation before");
        var kept = Load()!;
        Assert.Equal(["verb", "noun"], kept.Confusions.Select(one => one.Head));
        Assert.Equal(["tap", "pan"], kept.Confusions[1].Figure.Classes);
        Assert.Equal(("test", "top-1", 0.5, 2L), (kept.Split, kept.MeasureName, kept.Measure, kept.Clips));
        Assert.Equal((null, null, null), (kept.Stamp.WeightsHash, kept.Stamp.SplitHash, kept.Stamp.PresentHash));
    }

    [Theory]
    [InlineData("""{ "model": "m", "split": "test", "heads": 3, "measure": "much", "clips": null, "weightsHash": 7 }""")]
    [InlineData("""{ "model": "m", "split": "test", "heads": [{ "name": "class" }] }""")]
    [InlineData("""{ "model": "m", "split": "test" }""")]
    public void One_head_has_the_confusion_without_a_name_and_what_is_odd_is_not_known(string json)
    {
        Write("evaluation.json", json);
        Write("confusion.csv", "true,predicted,clips\na,a,2\n");
        var kept = Load()!;
        Assert.Null(Assert.Single(kept.Confusions).Head);
        Assert.Equal((null, null, null, null), (kept.MeasureName, kept.Measure, kept.Clips, kept.Stamp.WeightsHash));
        Assert.False(kept.Stamp.IsOfOtherWeights);
    }

    [Fact]
    public void Pictures_of_other_weights_are_not_read()
    {
        Write("evaluation.json", """{ "model": "m", "split": "test", "weightsHash": "aa", "splitHash": "bb" }""");
        Write("confusion.csv", "not even a table");
        File.WriteAllText(_folder["m/model.safetensors"], "weights");
        var kept = Load()!;
        Assert.True(kept.Stamp.IsOfOtherWeights);
        Assert.Empty(kept.Confusions);
        Assert.Contains("was measured on weights aa, and the network beside it has weights ", kept.Stamp.OtherWeights);
    }
}
