using Actors.Gateway.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Actors.Gateway.Description;

/// <summary>The OpenAPI description at /openapi/v1.json, made from the routes themselves.</summary>
internal static class OpenApiDescription
{
    public const string Document = "v1";
    private const string BearerScheme = "bearer";

    public static void Configure(OpenApiOptions options)
    {
        options.CreateSchemaReferenceId = info => OpenApiOptions.CreateDefaultSchemaReferenceId(info)?.Replace("Json", "", StringComparison.Ordinal);
        options.AddDocumentTransformer((document, _, _) =>
        {
            DescribeDocument(document);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            DescribeText(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            operation.Tags = null;
            AddPathParameters(operation, context.Description.RelativePath ?? "");
            DescribeBinaryBody(operation);
            return Task.CompletedTask;
        });
    }

    private static void DescribeDocument(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "Actors ledger", Version = Document, Description = "docs/http-api.md explains it." };
        document.Tags = null;

        // Where a node listens is not part of what it promises.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [BearerScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = BearerScheme, Description = "The admin token, an API key, or a JWT." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerScheme, document)] = [] }];
    }

    private static void DescribeText(OpenApiSchema schema, Type type)
    {
        var underlying = Nullable.GetUnderlyingType(type);
        if (TextForms.All.FirstOrDefault(f => f.Type == (underlying ?? type)) is { } form)
        {
            schema.Type = underlying is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Pattern = form.Pattern;
            schema.Description = form.Expected;
            schema.Format = null;
            schema.Properties?.Clear();
        }
    }

    /// <summary>Handlers that take the chain as a whole do not name the parameter it comes from.</summary>
    private static void AddPathParameters(OpenApiOperation operation, string path)
    {
        foreach (var segment in path.Split('/').Where(s => s.StartsWith('{')))
        {
            var name = segment.Trim('{', '}');
            operation.Parameters ??= [];
            if (operation.Parameters.All(p => p.Name != name))
            {
                operation.Parameters.Insert(0, new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
            }
        }
    }

    private static void DescribeBinaryBody(OpenApiOperation operation)
    {
        foreach (var (type, content) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            if (type != Accepts.Json)
            {
                content.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
            }
        }
    }
}
