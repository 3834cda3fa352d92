using System.CommandLine;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure`: draws a figure of a paper from what is stored, as SVG, PNG, PDF, and its data as CSV.</summary>
internal static class FigureVerb
{
    public static Command Create() => new("figure", "Draw a figure from stored data, as SVG, PNG, PDF, and its data as CSV.")
    {
        ParetoVerb.Create(),
        FigureAttainmentVerb.Create(),
        FigureCurvesVerb.Create(),
        FigureChoicesVerb.Create(),
        FigureEntropyVerb.Create(),
        FigureArchitectureVerb.Create(),
        FigureMemoryVerb.Create(),
        FigureLatencyVerb.Create(),
        FigureFramesVerb.Create(),
        FigureConfusionVerb.Create(),
        FigureRankVerb.Create(),
        FigureQualityVerb.Create(),
        FigureHypervolumeVerb.Create(),
        FigureBenchVerb.Create(),
        FigureCostsVerb.Create(),
    };
}
