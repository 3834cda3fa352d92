using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet export`: a network's weights in the names of the PyTorch port.</summary>
internal static class ExportVerb
{
    private static readonly Dictionary<string, PortLayout?> Layouts = new()
    {
        ["usual"] = null,
        ["conv2d"] = PortLayout.Conv2d,
        ["conv3d"] = PortLayout.Conv3d,
    };

    private static readonly Option<string> Checkpoint = new("--checkpoint") { Description = "A trained or imported network: its folder or file.", HelpName = "path", Required = true };
    private static readonly Option<string> Weights = new("--weights") { Description = "The safetensors file to write.", HelpName = "file", Required = true };
    private static readonly Option<string> Layout = CommonOptions.OneOf(
        "--layout", "Kernels of four axes (conv2d: 2plus1d) or five (conv3d: 3d, 3d_2plus1d); usual: as the port has the variant.", "usual", [.. Layouts.Keys]);

    public static Command Create()
    {
        var command = new Command("export", "Write a network's weights under the names of the PyTorch port.") { Checkpoint, Weights, Layout, CommonOptions.Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        var (loaded, card) = ModelCheckpoint.Load(parse.GetRequiredValue(Checkpoint), CPU);
        using var owned = loaded;
        if (loaded is not MoViNet network)
            throw new InputException($"'{card.Name}' is a {card.Design.Name}; the names of the PyTorch port are known for MoViNets.");
        var layout = Layouts[parse.GetValue(Layout)!];
        if (layout == PortLayout.Conv2d && !network.Variant.IsSplit)
            throw new InputException($"--layout conv2d: '{card.Name}' is of the variant {network.Variant.Name}, whose kernels span space and time at once and have five axes.");
        string file = parse.GetRequiredValue(Weights);
        var tensors = PortWeights.Export(network, layout);
        SafetensorsFile.Write(file, tensors, new Dictionary<string, string> { ["format"] = "pt" });
        foreach (var (_, tensor) in tensors) tensor.Dispose();
        var written = layout ?? PortNames.UsualLayout(network.Variant);
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(new { file, tensors = tensors.Count, layout = written == PortLayout.Conv3d ? "conv3d" : "conv2d" });
        else terminal.Line($"{tensors.Count} tensors of {card.Name} to {file}");
        return ExitCode.Done;
    }
}
