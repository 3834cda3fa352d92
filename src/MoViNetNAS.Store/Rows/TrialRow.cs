using LiteDB;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Store.Rows;

/// <summary>A trial as it lies in the file; short names, because LiteDB writes them into every document.</summary>
internal sealed class TrialRow
{
    [BsonId(false)] public byte[] Key { get; set; } = [];
    [BsonField("g")] public string Genotype { get; set; } = "";
    [BsonField("q")] public double Quality { get; set; }
    [BsonField("n")] public int QualityClips { get; set; }
    [BsonField("r")] public double Reward { get; set; }
    [BsonField("m")] public long Macs { get; set; }
    [BsonField("mf")] public long MacsPerFrame { get; set; }
    [BsonField("pf")] public long PaperFlops { get; set; }
    [BsonField("p")] public long TrainableParameters { get; set; }
    [BsonField("pt")] public long TotalParameters { get; set; }
    [BsonField("s")] public long StreamStateBytes { get; set; }
    [BsonField("a")] public long PeakActivationBytes { get; set; }
    [BsonField("l")] public double? LatencyMs { get; set; } // missing in files from before there was one

    public static TrialRow Of(Trial trial, int run) => new()
    {
        Key = TrialKey.Of(run, checked((byte)trial.Phase), trial.Step, trial.Candidate),
        Genotype = trial.Genotype,
        Quality = trial.Quality,
        QualityClips = trial.QualityClips,
        Reward = trial.Reward,
        Macs = trial.Cost.Macs,
        MacsPerFrame = trial.Cost.MacsPerFrame,
        PaperFlops = trial.Cost.PaperFlops,
        TrainableParameters = trial.Cost.TrainableParameters,
        TotalParameters = trial.Cost.TotalParameters,
        StreamStateBytes = trial.Cost.StreamStateBytes,
        PeakActivationBytes = trial.Cost.PeakActivationBytes,
        LatencyMs = trial.Cost.LatencyMs,
    };

    public Trial ToTrial(string run) => new(
        run, (TrialPhase)TrialKey.Phase(Key), TrialKey.Step(Key), TrialKey.Candidate(Key), Genotype, Quality, QualityClips, Reward,
        new Cost(Macs, MacsPerFrame, PaperFlops, TrainableParameters, TotalParameters, StreamStateBytes, PeakActivationBytes, LatencyMs));
}
