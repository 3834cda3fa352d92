namespace MoViNetNAS.Spaces;

/// <summary>A network as a value, from which modules, costs and states are made: a MoViNet or a network it is compared with.</summary>
public abstract record NetworkDesign
{
    /// <summary>"a0", "x3d-m", or the genotype it was resolved from.</summary>
    public abstract string Name { get; }

    /// <summary>The clip it is meant for.</summary>
    public abstract InputShape Input { get; }

    /// <summary>How it is built, in a word or a few: "base", "stream".</summary>
    public abstract string VariantName { get; }

    /// <summary>Whether frame t sees frames up to t only.</summary>
    public abstract bool IsCausal { get; }

    /// <summary>Whether it can take a clip frame by frame.</summary>
    public abstract bool CanStream { get; }

    /// <summary>The smallest frame it takes, rows and columns.</summary>
    /// <remarks>Below it, padding would outnumber pixels in the last layers: the smallest frame is one that every stride still halves.</remarks>
    public abstract int MinimumResolution { get; }

    /// <summary>The cost of every operation, in the order a clip meets them.</summary>
    /// <exception cref="OverflowException">A count does not fit into 64 bits.</exception>
    public abstract IReadOnlyList<CostRow> CostRows(int classes, InputShape input);

    /// <summary>The tensors that a stream carries, in the order of the layers; all start at zero.</summary>
    public abstract IReadOnlyList<StreamStateShape> States(int classes, int resolution);

    /// <summary>Elements of the input and output of the layer where both together are most.</summary>
    public abstract long PeakActivationElements(InputShape input);
}
