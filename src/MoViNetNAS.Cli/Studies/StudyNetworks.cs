using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Studies;

/// <summary>Lists the trainings of a study.</summary>
/// <param name="study">What is asked.</param>
/// <param name="genotype">The network, in the experiment's space; null: the study or the experiment names it.</param>
/// <param name="data">Where the videos are; null: where the experiment says.</param>
/// <param name="device">Where networks are trained.</param>
/// <param name="threads">Threads of a training.</param>
internal sealed class StudyNetworks(Study study, string? genotype, string? data, string device, int threads)
{
    /// <summary>The experiment of <paramref name="row"/>.</summary>
    /// <exception cref="InputException">The experiment or the row's changes of it have mistakes.</exception>
    public Experiment ExperimentOf(StudyRow row)
    {
        var experiment = Experiment.Load(study.Experiment, row.Set);
        return data is null ? experiment : experiment with { Data = experiment.Data.At(data) };
    }

    /// <summary>The data of <paramref name="row"/>, for one fold.</summary>
    /// <exception cref="InputException">The data have no sources to leave out.</exception>
    public DataSettings DataOf(StudyRow row, string? fold)
    {
        var settings = ExperimentOf(row).Data;
        if (fold is null) return settings;
        return settings is VideoFolderSettings videos
            ? videos with { LeaveOut = fold }
            : throw new InputException($"study '{study.Name}' has leaveOneOut true, which is for videos: generated clips have no sources.");
    }

    /// <summary>The networks that together answer in one cell of the table.</summary>
    /// <exception cref="InputException">No network is named, or it does not fit.</exception>
    public IEnumerable<StudyTraining> Of(StudyRow row, ulong seed, string? fold)
    {
        var experiment = ExperimentOf(row);
        var (design, parsed) = Design(experiment);
        var input = row.IsHalfRate ? experiment.Input.AtHalfRate() : experiment.Input;
        for (int member = 0; member < row.Members; member++)
        {
            var plan = new TrainingPlan(
                "", null, parsed?.ToString(), design, input, DataOf(row, fold), experiment.Train, StudyTraining.SeedOf(seed, member), device, threads, null);
            TrainingRun.RequireFit(plan);
            yield return StudyTraining.Of(experiment.Name, row, seed, member, fold, plan);
        }
    }

    private (NetworkDesign Design, Genotype? Genotype) Design(Experiment experiment)
    {
        if ((genotype ?? study.Genotype) is not { } text)
        {
            return experiment.Network is { } name
                ? (NamedNetworks.Get(name, experiment.Train.Variant), null)
                : throw new InputException($"study '{study.Name}' has no network: give a genotype in the file or with --run and --pick, or let the experiment name a network.");
        }

        var space = experiment.Space ?? throw new InputException($"study '{study.Name}' has a genotype, and its experiment {study.Experiment} has no space to read it in.");
        var parsed = space.Parse(text);
        return (new MoViNetDesign(space.Resolve(parsed), experiment.Train.Variant), parsed);
    }
}
