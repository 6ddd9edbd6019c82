{{- define "onesession.labels" -}}
app.kubernetes.io/name: onesession
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
