using System.Globalization;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>How a released network was trained on Kinetics 600: what differs between them. The rest is the same for all.</summary>
/// <param name="Network">Name of the network.</param>
/// <param name="IsStream">Whether it is the stream variant.</param>
/// <param name="Frames">Frames of a training clip.</param>
/// <param name="FrameStride">Distance of its frames.</param>
/// <param name="StrideRange">Random change of the stride.</param>
/// <param name="Resolution">Rows and columns.</param>
/// <param name="Dropout">Share of the classifier's hidden units dropped.</param>
/// <param name="PublishedTop1">What the published weights reach, percent.</param>
/// <remarks>Source: configurations of the official MoViNet code. Updates are whole batches of an epoch here, 357 x 240, where the official
/// code counts 85,785 over all epochs.</remarks>
public sealed record PublishedRecipe(
    string Network, bool IsStream, int Frames, int FrameStride, int StrideRange, int Resolution, double Dropout, double PublishedTop1)
{
    /// <summary>A0-A5 and T0, base and stream.</summary>
    public static IReadOnlyList<PublishedRecipe> All { get; } =
    [
        new("a0", false, 50, 5, 1, 172, 0.2, 72.28), new("a0", true, 50, 5, 0, 172, 0.2, 72.03),
        new("a1", false, 50, 5, 1, 172, 0.5, 76.69), new("a1", true, 50, 5, 0, 172, 0.2, 76.45),
        new("a2", false, 50, 5, 1, 224, 0.5, 78.62), new("a2", true, 50, 5, 0, 224, 0.5, 78.40),
        new("a3", false, 64, 2, 1, 256, 0.5, 81.79), new("a3", true, 64, 2, 0, 256, 0.5, 80.09),
        new("a4", false, 32, 3, 1, 290, 0.5, 83.48), new("a4", true, 32, 3, 1, 290, 0.5, 81.33),
        new("a5", false, 32, 2, 1, 320, 0.5, 84.00), new("a5", true, 32, 2, 1, 320, 0.5, 82.37),
        new("t0", false, 25, 10, 0, 160, 0.2, 68.40), new("t0", true, 25, 10, 0, 160, 0.2, 67.17),
    ];

    /// <summary>Name of the experiment.</summary>
    public string Name => $"kinetics600-{Network}-{Variant}";

    private string Variant => IsStream ? "stream" : "base";

    /// <summary>The experiment file: its comment and its JSON.</summary>
    public string FileText() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        // Question: what does {{Network.ToUpperInvariant()}} ({{Variant}}) reach on Kinetics 600 with the published settings?
        // Data:     Kinetics 600 as it lies on disk (docs/datasets.md), given with --data.
        // Command:  ./movinet train --experiment experiments/{{Name}}.json --dry-run
        //           ./movinet train --experiment experiments/{{Name}}.json --data FOLDER
        // Needs:    what --dry-run says. A batch that does not fit is parted with --set train.accumulate=N; norms then see parts.
        // Expect:   the published weights reach {{PublishedTop1:F2}} % top-1.
        {
          "format": 1,
          "name": "{{Name}}",
          "seed": 1,
          "network": "{{Network}}",
          "input": { "frames": {{Frames}}, "resolution": {{Resolution}}, "frameStride": {{FrameStride}} },
          "data": { "kind": "kinetics", "fit": "wide", "cropMargin": {{CropMargin}}, "flip": true, "strideRange": {{StrideRange}}, "augment": { "resizedCrop": true{{(IsAutoAugmented ? ", \"autoAugment\": true" : "")}} } },
          "train": {
            "variant": "{{Variant}}", "epochs": 240, "batch": 1024,
            "optimizer": { "kind": "rmsprop", "decay": 0.9, "momentum": 0.9, "epsilon": 1, "squareStart": "zero" },
            "schedule": "cosineThroughout", "learningRate": 1.8, "warmUpFraction": 0.025, "weightDecay": 3e-5,
            "labelSmoothing": 0.1, "dropout": {{Dropout}}, "stochasticDepth": 0.2, "gradientClipEach": 1, "calibrateNorms": false
          }
        }

        """);

    private bool IsAutoAugmented => Network != "t0" && (!IsStream || Network == "a4");

    private double CropMargin => Math.Round((double)ReleasedArchitectures.EvaluationShortSide(Resolution) / Resolution, 4);
}
