using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet import`: weights of the PyTorch port become a checkpoint of ours.</summary>
internal static class ImportVerb
{
    private const string ReportFile = "import.json";
    private static readonly Argument<string> Source = new("file") { Description = "A state dict of the PyTorch port: safetensors, or .pt/.pth." };
    private static readonly Option<string> Output = new("--output") { Description = "Folder of the checkpoint.", HelpName = "folder", Required = true };
    private static readonly Option<string?> ClassNames = new("--class-names") { Description = "Text file with a class name a line, in the order of the logits.", HelpName = "file" };

    public static Command Create()
    {
        var command = new Command("import", "Take weights of the PyTorch port (base or stream); says of every key what became of it.")
        {
            Source, Output, NetworkOptions.Model, NetworkOptions.Variant, NetworkOptions.Switch, ClassNames, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        string file = parse.GetRequiredValue(Source), folder = parse.GetRequiredValue(Output);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new InputException($"--output: the folder {folder} is not empty.");
        var tensors = NetworkWeights.Read(file);
        try
        {
            var recognised = Recognise(parse, tensors, file);
            using var network = new MoViNet(recognised.Architecture, recognised.Variant, recognised.Classes, new FirstWeights(new RandomStream(0)));
            var report = PortWeights.Import(network, tensors, file);
            string name = Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar));
            var card = new ModelCard(
                name, network.Design, Labels(parse, recognised.Classes), recognised.Architecture.Input, Run: null, Genotype: null, Dataset: "",
                SplitHash: "", Experiment: "", Top1: 0, TestedClips: 0);
            Directory.CreateDirectory(folder);
            string weights = ModelCheckpoint.Save(folder, network, card);
            var result = Result(recognised, report, file, weights);
            AtomicFile.WriteText(Path.Combine(folder, ReportFile), Terminal.ToJson(result));
            if (parse.GetValue(CommonOptions.Json)) terminal.Json(result);
            else Write(terminal, recognised, report, weights);
        }
        finally
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
        }

        return ExitCode.Done;
    }

    // Named by the user, or by keys and shapes.
    private static PortModel Recognise(ParseResult parse, IReadOnlyDictionary<string, Tensor> tensors, string file)
    {
        bool isVariantAsked = parse.GetResult(NetworkOptions.Variant) is { Implicit: false } || parse.GetResult(NetworkOptions.Switch) is { Implicit: false };
        if (parse.GetValue(NetworkOptions.Model) is not { } model)
        {
            if (isVariantAsked) throw new InputException("--variant and --switch need --model; without, the file says which network it is.");
            return PortModel.Recognise(tensors, file);
        }

        if (!isVariantAsked) throw new InputException("--model needs --variant base or stream here (or give neither: the file says which network it is).");
        if (NamedNetworks.Get(model, NetworkOptions.ReadVariant(parse)) is not MoViNetDesign design)
            throw new InputException($"the names of the PyTorch port are known for MoViNets ({string.Join(", ", ReleasedArchitectures.ByName.Keys)}), not for '{model}'.");
        return new PortModel(design.Architecture, design.Variant, PortModel.ClassesOf(tensors, file), PortNames.UsualLayout(design.Variant));
    }

    private static string[] Labels(ParseResult parse, int classes)
    {
        if (parse.GetValue(ClassNames) is not { } path) return [.. Enumerable.Range(0, classes).Select(i => $"class {i}")];
        if (!File.Exists(path)) throw new InputException($"--class-names: there is no file {path}{NearestName.FileEnd(path)}");
        string[] names = [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
        if (names.Length != classes) throw new InputException($"--class-names: {path} has {names.Length} names; the weights have {classes} classes.");
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } doubled) throw new InputException($"--class-names: {path} has '{doubled.Key}' twice.");
        return names;
    }

    private static object Result(PortModel model, PortReport report, string file, string weights) => new
    {
        File = file,
        Model = model.Architecture.Name,
        Variant = model.Variant.Name,
        model.Classes,
        Layout = report.Layout == PortLayout.Conv3d ? "conv3d" : "conv2d",
        Used = report.Count(PortKeyState.Used),
        Converted = report.Count(PortKeyState.Converted),
        Ignored = report.Count(PortKeyState.Ignored),
        Missing = report.Count(PortKeyState.Missing),
        Checkpoint = weights,
        Keys = report.Keys.Select(key => new { key.Name, State = key.State.ToString().ToLowerInvariant(), Note = key.Note.Length > 0 ? key.Note : null }),
    };

    private static void Write(Terminal terminal, PortModel model, PortReport report, string weights)
    {
        terminal.Line($"{model.Architecture.Name} {model.Variant.Name}, {model.Classes} classes");
        terminal.Table(["keys", "count>", ""],
        [
            ["used", $"{report.Count(PortKeyState.Used)}", "float32 of the right shape"],
            ["converted", $"{report.Count(PortKeyState.Converted)}", "to float32"],
            ["ignored", $"{report.Count(PortKeyState.Ignored)}", "counters of batch norms, which are not kept here"],
            ["missing", $"{report.Count(PortKeyState.Missing)}", ""],
        ]);
        terminal.Note($"wrote {weights}, and {ReportFile} beside it with every key");
    }
}
