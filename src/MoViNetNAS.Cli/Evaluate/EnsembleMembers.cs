using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using TorchSharp;

namespace MoViNetNAS.Cli.Evaluate;

/// <summary>Trained networks that answer together, and the clips that each sees.</summary>
internal sealed class EnsembleMembers : IDisposable
{
    private readonly List<(VideoNetwork Network, ModelCard Card)> _members = [];

    /// <param name="paths">Checkpoints, at least one.</param>
    /// <param name="asked">How they share frames; null: as their clips suggest.</param>
    /// <param name="device">Where to put the networks.</param>
    /// <exception cref="InputException">A checkpoint is missing or damaged, their classes differ, or they cannot share frames so.</exception>
    public EnsembleMembers(IReadOnlyList<string> paths, FrameSharing? asked, torch.Device device)
    {
        try
        {
            foreach (string path in paths) _members.Add(ModelCheckpoint.Load(path, device));
            var stranger = _members.FirstOrDefault(member => !member.Card.Classes.SequenceEqual(Cards[0].Classes));
            if (stranger.Card is { } card)
                throw new InputException($"'{card.Name}' tells other classes apart ({string.Join(", ", card.Classes)}) than '{Cards[0].Name}' ({string.Join(", ", Cards[0].Classes)}).");
            Sharing = asked ?? (_members.Count > 1 && Obstacle() is null ? FrameSharing.Same : FrameSharing.Own);
            if (Sharing != FrameSharing.Own && Obstacle() is { } obstacle)
                throw new InputException($"--sharing {FrameSharings.NameOf(Sharing)} needs members trained at 1/{_members.Count} of the frame rate (`movinet train --half-rate` for two): {obstacle}. --sharing own gives each its own clips.");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<ModelCard> Cards => [.. _members.Select(member => member.Card)];

    public IReadOnlyList<VideoNetwork> Networks => [.. _members.Select(member => member.Network)];

    public FrameSharing Sharing { get; }

    /// <summary>Frames of the stream for each that a member sees.</summary>
    public int Turns => Sharing == FrameSharing.Own ? 1 : _members.Count;

    /// <summary>Which frames of the stream each member sees.</summary>
    public IReadOnlyList<FrameShare> Shares => Sharing == FrameSharing.Own
        ? [.. _members.Select(_ => FrameShare.All)]
        : FrameShare.Of(_members.Count, Sharing == FrameSharing.Alternate);

    /// <summary>The clips of the stream that all of them watch; null when each has its own.</summary>
    public InputShape? Watched => Cards.All(card => card.Input == Cards[0].Input)
        ? Cards[0].Input with { Frames = Cards[0].Input.Frames * Turns, FrameStride = Cards[0].Input.FrameStride / Turns }
        : null;

    /// <summary>Refuses what cannot be shown frame by frame.</summary>
    /// <exception cref="InputException">A member cannot stream, or they do not watch the same frames.</exception>
    public void RequireStream()
    {
        if (Cards.FirstOrDefault(card => !card.Design.CanStream) is { } card)
            throw new InputException($"frame by frame needs causal networks; '{card.Name}' is a {card.Design.VariantName} network.");
        if (Watched is null)
            throw new InputException($"frame by frame needs members that watch one stream; '{Cards[0].Name}' and the others see clips of different frames or resolutions.");
    }

    /// <summary>Operations, parameters and state of all together.</summary>
    public Cost Cost() => Spaces.Cost.Together([.. Cards.Select(Of)], Turns);

    /// <summary>What one of them costs by itself.</summary>
    public static Cost Of(ModelCard card) => CostModel.Of(card.Design, card.Classes.Count, card.Input);

    /// <summary>Opens the clips.</summary>
    /// <param name="settings">Which data.</param>
    /// <param name="terminal">Told how decoding goes.</param>
    /// <param name="cancellation">Stops decoding.</param>
    /// <exception cref="InputException">Data are missing or of other classes.</exception>
    public IReadOnlyList<EvaluationMember> Open(DataSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        var opened = new Dictionary<InputShape, IClipDataset>();
        IClipDataset Clips(InputShape input) => opened.TryGetValue(input, out var known) ? known : opened[input] = DataOpening.Open(settings, input, terminal, cancellation);
        var members = _members.Zip(Shares, (member, share) => new EvaluationMember(member.Network, Clips(Watched ?? member.Card.Input)) { Share = share }).ToArray();
        foreach (var clips in opened.Values)
            foreach (var card in Cards) HeldOutClips.RequireClasses(card, clips);

        return members;
    }

    public void Dispose()
    {
        foreach (var (network, _) in _members) network.Dispose();
    }

    private string? Obstacle()
    {
        if (Cards.FirstOrDefault(card => card.Input != Cards[0].Input) is { } other) return $"'{other.Name}' and '{Cards[0].Name}' see different clips";
        int stride = Cards[0].Input.FrameStride;
        return stride % _members.Count == 0 ? null : $"the frame stride of theirs is {stride}, no multiple of {_members.Count}";
    }
}
