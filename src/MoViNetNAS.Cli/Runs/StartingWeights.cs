using MoViNetNAS.Cli.Output;
using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;
using TorchSharp;

namespace MoViNetNAS.Cli.Runs;

/// <summary>What <c>train --init</c> starts from: the shared weights of a search, or a checkpoint.</summary>
internal static class StartingWeights
{
    /// <summary>The word for the shared weights of the run that the architecture comes from.</summary>
    public const string Supernet = "supernet";

    /// <summary>The full path of the checkpoint that <paramref name="init"/> names; null when it names none.</summary>
    public static string? Checkpoint(string? init) => init is null or Supernet ? null : Path.GetFullPath(init);

    /// <summary>The design to train: the one asked for, or that of the checkpoint.</summary>
    /// <param name="asked">What model, pick or experiment name; null when they name nothing.</param>
    /// <param name="init">As in the plan.</param>
    /// <exception cref="InputException">The checkpoint is of another design.</exception>
    public static NetworkDesign DesignFor(NetworkDesign? asked, string? init)
    {
        if (Checkpoint(init) is not { } path) return asked!;
        var own = ModelCheckpoint.ReadCard(path).Design;
        if (asked is not null && Described(asked) != Described(own))
        {
            throw new InputException(
                $"--init: {path} holds {own.Name} as a '{own.VariantName}' network, and {asked.Name} as a '{asked.VariantName}' one is to be trained: both must be of the same design.");
        }

        return own;
    }

    /// <summary>Puts the weights into <paramref name="network"/>, and says so.</summary>
    /// <exception cref="InputException">They are missing or do not fit.</exception>
    public static void Put(
        TrainingPlan plan, VideoNetwork network, IClipDataset dataset, RunStore store, torch.Device device, Terminal terminal, CancellationToken cancellation)
    {
        if (plan.Init is null) return;
        if (Checkpoint(plan.Init) is { } path)
        {
            bool isNewClassifier = NetworkStart.FromCheckpoint(network, dataset.Classes, path);
            terminal.Note($"starts from {path}{(isNewClassifier ? $"; its classes are others, so the classifier starts anew with {dataset.Classes.Count}" : "")}");
            return;
        }

        var folder = new RunFolder(store.Path, plan.Run!);
        var experiment = Experiment.Load(folder.Config);
        NetworkStart.FromSupernet((MoViNet)network, experiment.RequireSpace(), experiment.Variant, folder.Checkpoint);
        var clips = new BatchSchedule(dataset, Split.Weights, plan.Settings.Batch, new RandomStream(plan.Seed).Derive("calibration"));
        NormCalibration.Run(network, clips, device, cancellation);
        terminal.Note($"starts from the shared weights of run '{plan.Run}'; norms have the statistics of training clips");
    }

    // The clips a network is fed are no part of its design.
    private static string Described(NetworkDesign design) => DesignFile.Write(
        design is MoViNetDesign moViNet ? new MoViNetDesign(moViNet.Architecture with { Input = new InputShape(1, 1) }, moViNet.Variant) : design).ToJsonString();
}
