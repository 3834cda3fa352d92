using MoViNetNAS.Search;

namespace MoViNetNAS.Store.Rows;

/// <summary>A trained model as it lies in the file.</summary>
internal sealed class ModelRow : NamedRow
{
    public string? Run { get; set; }
    public string Architecture { get; set; } = "";
    public string Variant { get; set; } = "";
    public string Checkpoint { get; set; } = "";
    public string Created { get; set; } = "";
    public string Configuration { get; set; } = "";
    public string SplitHash { get; set; } = "";
    public long Seed { get; set; }
    public double Top1 { get; set; }
    public int Clips { get; set; }
    public long Macs { get; set; }

    // Missing in files from before it was kept.
    public int? Classes { get; set; }

    public static ModelRow Of(ModelRecord model, int number) => new()
    {
        Number = number,
        Name = model.Name,
        Run = model.Run,
        Architecture = model.Architecture,
        Variant = model.Variant,
        Checkpoint = model.Checkpoint,
        Created = Instant.Text(model.CreatedUtc),
        Configuration = model.Configuration,
        SplitHash = model.SplitHash,
        Seed = unchecked((long)model.Seed), // the same 64 bits: BSON has no unsigned number
        Top1 = model.Top1,
        Clips = model.Clips,
        Macs = model.Macs,
        Classes = model.Classes,
    };

    public ModelRecord ToRecord() => new(
        Name, Run, Architecture, Variant, Checkpoint, Instant.Parse(Created), Configuration, SplitHash, unchecked((ulong)Seed), Top1,
        Clips, Macs)
    {
        Classes = Classes,
    };
}
