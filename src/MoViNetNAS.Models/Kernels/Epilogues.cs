using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Epilogues of the family's functions.</summary>
internal static class Epilogues
{
    internal static Epilogue Of(ActivationType type) => type switch
    {
        ActivationType.Swish => Epilogue.Swish,
        ActivationType.HardSwish => Epilogue.HardSwish,
        ActivationType.Relu => Epilogue.Relu,
        ActivationType.Relu6 => Epilogue.Relu6,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not an activation"),
    };

    internal static Epilogue Of(GateType type) => type switch
    {
        GateType.Sigmoid => Epilogue.Sigmoid,
        GateType.HardSigmoid => Epilogue.HardSigmoid,
        GateType.HardSigmoidRelu6 => Epilogue.HardSigmoidRelu6,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a gate"),
    };
}
