using System.Text.Json.Nodes;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>A layout as an experiment file names and writes it.</summary>
/// <param name="Name">The value of "kind".</param>
/// <param name="Layout">The type of the layout.</param>
/// <param name="IsFlipped">Whether training mirrors clips unless the file says otherwise.</param>
/// <param name="Keys">Keys of its own.</param>
/// <param name="Read">Reads them.</param>
/// <param name="Write">Writes them.</param>
internal sealed record VideoLayoutKind(
    string Name, Type Layout, bool IsFlipped, string[] Keys, Func<ConfigObject, IVideoLayout> Read, Action<IVideoLayout, JsonObject> Write)
{
    private static readonly Dictionary<string, bool> EvaluatedSets = new() { ["validation"] = false, ["test"] = true };
    private static readonly Dictionary<string, bool> TaughtLabels = new() { ["clip"] = false, ["video"] = true };
    private static readonly Dictionary<string, EpicLabel> EpicLabels =
        new() { ["verb"] = EpicLabel.Verb, ["noun"] = EpicLabel.Noun, ["action"] = EpicLabel.Action, ["verb+noun"] = EpicLabel.VerbAndNoun };

    /// <summary>All of them, in the order in which messages list them.</summary>
    public static IReadOnlyList<VideoLayoutKind> All { get; } =
    [
        Of<ManifestLayout>("video-folder", true, [], _ => new ManifestLayout(), (_, _) => { }),
        Of<ClassFolderLayout>("class-folders", true, ["sourcePattern", "scoreShare", "testShare", "splitSeed"], ReadClassFolders, WriteClassFolders),
        Official<Ucf101Layout>(
            "ucf101", true, "split", o => new Ucf101Layout { OfficialSplit = o.Optional("split", n => n.Int(1, 3), 1) }, layout => layout.OfficialSplit),
        Official<Hmdb51Layout>(
            "hmdb51", true, "split", o => new Hmdb51Layout { OfficialSplit = o.Optional("split", n => n.Int(1, 3), 1) }, layout => layout.OfficialSplit),
        Official<KineticsLayout>(
            "kinetics", true, "evaluate", o => new KineticsLayout { IsTestEvaluated = o.Optional("evaluate", n => n.OneOf(EvaluatedSets), false) },
            layout => NameOf(EvaluatedSets, layout.IsTestEvaluated)),
        // "Pushing something from left to right": a mirror image would be of another class.
        Official<SomethingSomethingLayout>("something-something-v2", false, null, _ => new SomethingSomethingLayout(), null),
        Official<MomentsInTimeLayout>("moments-in-time", true, null, _ => new MomentsInTimeLayout(), null),
        Official<EpicKitchensLayout>(
            "epic-kitchens-100", true, "label", o => new EpicKitchensLayout { Label = o.Optional("label", n => n.OneOf(EpicLabels), EpicLabel.Verb) },
            layout => NameOf(EpicLabels, layout.Label)),
        Official<CharadesLayout>(
            "charades", true, "labels", o => new CharadesLayout { IsWholeVideoTaught = o.Optional("labels", n => n.OneOf(TaughtLabels), false) },
            layout => layout.IsWholeVideoTaught ? NameOf(TaughtLabels, true) : null),
    ];

    private static VideoLayoutKind Of<T>(string name, bool isFlipped, string[] keys, Func<ConfigObject, T> read, Action<T, JsonObject> write)
        where T : IVideoLayout =>
        new(name, typeof(T), isFlipped, keys, o => read(o), (layout, json) => write((T)layout, json));

    // Official layouts have one key of their own, or none; a value of null is not written.
    private static VideoLayoutKind Official<T>(string name, bool isFlipped, string? key, Func<ConfigObject, T> read, Func<T, JsonNode?>? write)
        where T : OfficialLayout =>
        Of<T>(
            name, isFlipped, [.. key is null ? [] : (string[])[key], "annotations", "scoreShare", "splitSeed"],
            o =>
            {
                T layout = read(o);
                return (T)(layout with
                {
                    Annotations = o.Optional("annotations", n => n.TextOrEmpty(), null) ?? "",
                    ScoreShare = o.Optional("scoreShare", n => n.Number(0, 0.5), layout.ScoreShare),
                    SplitSeed = o.Optional("splitSeed", n => n.Long(0, long.MaxValue), layout.SplitSeed),
                });
            },
            (layout, json) =>
            {
                if (key is not null && write!(layout) is { } value) json[key] = value;
                json["annotations"] = layout.Annotations;
                json["scoreShare"] = layout.ScoreShare;
                json["splitSeed"] = layout.SplitSeed;
            });

    private static ClassFolderLayout ReadClassFolders(ConfigObject o)
    {
        var standard = new ClassFolderLayout();
        return new ClassFolderLayout
        {
            SourcePattern = o.Optional("sourcePattern", n => n.TextOrEmpty(), null) ?? "",
            ScoreShare = o.Optional("scoreShare", n => n.Number(0, 0.5), standard.ScoreShare),
            TestShare = o.Optional("testShare", n => n.Number(0, 0.5), standard.TestShare),
            SplitSeed = o.Optional("splitSeed", n => n.Long(0, long.MaxValue), standard.SplitSeed),
        };
    }

    private static void WriteClassFolders(ClassFolderLayout layout, JsonObject json)
    {
        json["sourcePattern"] = layout.SourcePattern;
        json["scoreShare"] = layout.ScoreShare;
        json["testShare"] = layout.TestShare;
        json["splitSeed"] = layout.SplitSeed;
    }

    private static string NameOf<T>(Dictionary<string, T> names, T value) where T : struct => names.First(pair => pair.Value.Equals(value)).Key;
}
