using System.Reflection;
using System.Xml.Linq;

namespace MoViNetNAS.Cli.Tests;

/// <summary>The rooms of the house and their one-way doors: what a project may reference, in its file and in its compiled assembly.</summary>
public sealed class RoomTests
{
    private static readonly Dictionary<string, (string[] Rooms, string[] Packages)> Table = new()
    {
        ["Spaces"] = ([], []),
        ["Models"] = (["Spaces"], ["TorchSharp", "Google.Protobuf", "Grpc.Tools", "Microsoft.ML.OnnxRuntime"]),
        ["Data"] = (["Spaces"], ["SkiaSharp"]),
        ["Search"] = (["Spaces"], ["MathNet.Numerics"]),
        ["Training"] = (["Models", "Data", "Search", "Spaces"], ["TorchSharp"]),
        ["Store"] = (["Spaces", "Search"], ["LiteDB"]),
        ["Reporting"] = (["Spaces", "Search"], ["ScottPlot", "SkiaSharp", "Microsoft.Data.Analysis"]),
        ["Cli"] = (["Spaces", "Models", "Data", "Search", "Training", "Store", "Reporting"], ["System.CommandLine", "Spectre.Console"]),
    };

    // The command line starts the tensor library (threads, seed) and asks it how it is; it gets it through Models.
    private static readonly string[] CliMayTouch = ["TorchSharp"];

    public static TheoryData<string> Rooms => [.. Table.Keys];

    [Fact]
    public void There_are_no_other_rooms() =>
        Assert.Equal(
            Table.Keys.Select(room => "MoViNetNAS." + room).Order(StringComparer.Ordinal),
            Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_project_file_references_what_the_table_allows(string room)
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src", $"MoViNetNAS.{room}", $"MoViNetNAS.{room}.csproj"));
        var rooms = References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));
        Assert.Empty(rooms.Except(Table[room].Rooms.Select(other => "MoViNetNAS." + other)));
        Assert.Empty(References(project, "PackageReference").Except(Table[room].Packages));
        bool hasNativeLibrary = project.Descendants("Import").Any(import => import.Attribute("Project")!.Value.EndsWith("Libtorch.targets", StringComparison.Ordinal));
        Assert.Equal(room == "Cli", hasNativeLibrary);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void An_assembly_references_what_the_table_allows(string room)
    {
        string[] allowed = [.. Table[room].Rooms.Select(other => "MoViNetNAS." + other), .. Table[room].Packages, .. room == "Cli" ? CliMayTouch : []];
        var strangers = References(room).Where(name => !IsPlatform(name) && !allowed.Any(prefix => name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal)));
        Assert.Empty(strangers);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Only_the_command_line_writes_to_the_console(string room) => Assert.Equal(room == "Cli", References(room).Contains("System.Console"));

    private static IEnumerable<string> References(XDocument project, string kind) =>
        project.Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);

    private static IEnumerable<string> References(string room) =>
        Assembly.Load(room == "Cli" ? "movinet" : "MoViNetNAS." + room).GetReferencedAssemblies().Select(name => name.Name!);

    private static bool IsPlatform(string name) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll"));
}
