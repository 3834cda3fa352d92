using System.Text.Json;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>What a safetensors header says of one tensor: dtype, shape and data_offsets, each once and nothing else.</summary>
internal static class SafetensorsFields
{
    /// <param name="json">At the value of the tensor's name; afterwards at its end.</param>
    /// <param name="name">The tensor.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">A field is missing, doubled, unknown, or of the wrong type.</exception>
    /// <exception cref="JsonException">This is no JSON.</exception>
    public static SafetensorsEntry Read(ref Utf8JsonReader json, string name, string path)
    {
        string tensor = $"{path}: tensor {Quoted.Of(name)}";
        if (json.TokenType != JsonTokenType.StartObject) throw new InputException($"{tensor} is a {json.TokenType}; an object is allowed.");
        TensorType? type = null;
        List<long>? shape = null, offsets = null;
        while (SafetensorsHeader.Next(ref json).TokenType == JsonTokenType.PropertyName)
        {
            string field = json.GetString()!;
            SafetensorsHeader.Next(ref json);
            bool isDoubled = false;
            switch (field)
            {
                case "dtype":
                    isDoubled = type is not null;
                    if (json.TokenType != JsonTokenType.String) throw new InputException($"{tensor}: dtype is a {json.TokenType}; a text is allowed.");
                    string dtype = json.GetString()!;
                    type = TensorType.BySafetensors(dtype)
                        ?? throw new InputException($"{tensor} is of dtype {Quoted.Of(dtype)}; {TensorType.SafetensorsNames} are read.");
                    break;
                case "shape":
                    isDoubled = shape is not null;
                    shape = Numbers(ref json, tensor, field);
                    break;
                case "data_offsets":
                    isDoubled = offsets is not null;
                    offsets = Numbers(ref json, tensor, field);
                    break;
                default:
                    throw new InputException($"{tensor} has a field {Quoted.Of(field)}; dtype, shape and data_offsets are allowed.");
            }

            if (isDoubled) throw new InputException($"{tensor} has the field '{field}' twice; once is allowed.");
        }

        if (type is null || shape is null || offsets is null)
        {
            string missing = type is null ? "dtype" : shape is null ? "shape" : "data_offsets";
            throw new InputException($"{tensor} has no field '{missing}'; dtype, shape and data_offsets are needed.");
        }

        if (offsets.Count != 2) throw new InputException($"{tensor} has {offsets.Count} data_offsets; 2 are needed, begin and end.");
        return new SafetensorsEntry(name, type, [.. shape], offsets[0], offsets[1]);
    }

    private static List<long> Numbers(ref Utf8JsonReader json, string tensor, string field)
    {
        if (json.TokenType != JsonTokenType.StartArray) throw new InputException($"{tensor}: {field} is a {json.TokenType}; an array of whole numbers is allowed.");
        var numbers = new List<long>();
        while (SafetensorsHeader.Next(ref json).TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long number))
            {
                string given = json.TokenType == JsonTokenType.Number ? "a number that is not whole or too large" : $"a {json.TokenType}";
                throw new InputException($"{tensor}: {field} holds {given}; whole numbers below 2^63 are allowed.");
            }

            numbers.Add(number);
        }

        return numbers;
    }
}
