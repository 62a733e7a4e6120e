using Microsoft.Extensions.Options;

namespace Actors.Gateway.Settings;

/// <summary>Collects the numbers of one section that are out of their ranges.</summary>
internal sealed class Ranges(string section)
{
    private readonly List<string> _failures = [];

    public void Require(string setting, long value, long min, long max)
    {
        if (value < min || value > max)
        {
            _failures.Add($"{section}:{setting} is {value}, expected {min} to {max}");
        }
    }

    public ValidateOptionsResult ToResult() => _failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_failures);
}
