namespace MoViNetNAS.Cli.Evaluate;

/// <summary>The ways of sharing frames by the names they have on the command line and in files.</summary>
internal static class FrameSharings
{
    public static Dictionary<string, FrameSharing> ByName { get; } =
        new() { ["same"] = FrameSharing.Same, ["alternate"] = FrameSharing.Alternate, ["own"] = FrameSharing.Own };

    public static string NameOf(FrameSharing sharing) => ByName.First(pair => pair.Value == sharing).Key;
}
